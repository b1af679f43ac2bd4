import { aboutNobody } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { mayReadAlarms } from '../domain/explain-policy.ts';
import * as alarms from '../store/reading-alarms.ts';
import type { Deps } from './deps.ts';
import { capacitiesOfAll } from './meet-case.ts';

export type { AlarmsWanted, ReadingAlarm } from '../store/reading-alarms.ts';

/** A page of staff who have read of unusually many children, newest first; null for whom they are not. */
export async function readAlarms(
  deps: Deps,
  actor: Actor,
  wanted: alarms.AlarmsWanted,
): Promise<readonly alarms.ReadingAlarm[] | null> {
  if (actor.kind !== 'staff') return null;
  return deps.db.asActor(actor, async (tx) => {
    const isOfficer = mayReadAlarms(actor, await capacitiesOfAll(deps, tx, actor));
    return aboutNobody(isOfficer ? await alarms.page(tx, wanted) : null);
  });
}

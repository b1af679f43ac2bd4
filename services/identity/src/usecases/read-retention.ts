import { aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor, StaffActor } from '@ranselpost/kit/pure/actor';
import type { RetentionHold } from '../domain/retention-hold.ts';
import { mayHold, mayRetain } from '../domain/retention-policy.ts';
import { erasingServices } from '../domain/retention.ts';
import * as deciders from '../store/deciders.ts';
import * as holds from '../store/retention-holds.ts';
import * as reports from '../store/retention-reports.ts';
import { type Deps, today } from './deps.ts';

export type { RetentionHold } from '../domain/retention-hold.ts';
export type ReportView = reports.Report;
export type ReportFigure = reports.ReportFigure;
export { placeOf as placeOfFigure } from '../store/retention-reports.ts';

/** The holds in force, one more than wanted where there are more; null for whoever does not answer for what is kept. */
export function readHolds(
  deps: Deps,
  actor: Actor,
  wanted: Parameters<typeof holds.inForce>[1],
): Promise<readonly RetentionHold[] | null> {
  return asHolder(deps, actor, async (tx, holder) => {
    const own = await holds.notToHold(tx);
    return (await holds.inForce(tx, wanted)).filter(({ personId }) => mayHold(holder, personId, own));
  });
}

/** What the look of a day found, or the last one that there was; null where there is none, or for whom it is not. */
export const readReport = (deps: Deps, actor: Actor, day: string | null): Promise<ReportView | null> =>
  asHolder(deps, actor, (tx) => reports.load(tx, day, erasingServices));

/** A page of a report's figures: one more than wanted where there are more. */
export const readFigures = (
  deps: Deps,
  actor: Actor,
  wanted: Parameters<typeof reports.figures>[1],
): Promise<readonly ReportFigure[] | null> => asHolder(deps, actor, (tx) => reports.figures(tx, wanted));

async function asHolder<Value>(
  deps: Deps,
  actor: Actor,
  read: (tx: Tx, holder: StaffActor) => Promise<Value>,
): Promise<Value | null> {
  if (actor.kind !== 'staff') return null;
  return deps.db.asActor(actor, async (tx) => {
    const facts = await deciders.load(tx, actor.personId, []);
    return aboutNobody(mayRetain(actor, facts, today(deps)) ? await read(tx, actor) : null);
  });
}

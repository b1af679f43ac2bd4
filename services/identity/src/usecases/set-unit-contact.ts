import { aboutNobody } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import * as contacts from '../store/unit-contacts.ts';
import type { Deps } from './deps.ts';
import { meetDirector } from './meet-director.ts';

/** Writes down how to reach the office of a unit: what people are shown in the place of what is closed (X07). */
export const setUnitContact = (
  deps: Deps,
  actor: Actor,
  unitId: string,
  contact: contacts.ContactView,
): Promise<contacts.ReachView> =>
  deps.db.decide(
    actor,
    (tx) => meetDirector(deps, tx, actor, { level: 'UNIT', unitIds: [unitId] }),
    async (tx, director) => {
      await contacts.save(tx, unitId, contact, director.actor.personId);
      return aboutNobody({ ...contact, source: 'MUNICIPALITY' as const });
    },
  );

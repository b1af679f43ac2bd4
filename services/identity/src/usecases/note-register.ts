import * as registerState from '../store/register-state.ts';
import * as workItems from '../store/work-items.ts';
import type { Deps, EventDeps } from './deps.ts';

/** All that the population register said up to an instant has been told to us. */
export const noteFollowed = ({ db }: EventDeps, upTo: string): Promise<void> =>
  registerState.followed(db, upTo);

/** Until when what the register said of guardians counts, for the copies; null where it does not (GUA-01). */
export const readGuardiansUntil = ({ db }: Deps): Promise<Date | null> =>
  db.asService(async (tx) => (await registerState.state(tx)).guardiansUntil);

const away = { childId: null, kind: 'REGISTER_AWAY' };

/** Has somebody look at it while the register has been away for so long that no guardian is answered. */
export async function noteAbsence({ db, newId }: Deps): Promise<boolean> {
  return db.asService(async (tx) => {
    const { isAway } = await registerState.state(tx);
    if (isAway) await workItems.open(tx, [{ ...away, id: newId() }]);
    else await workItems.close(tx, [away], 'timer');
    return isAway;
  });
}

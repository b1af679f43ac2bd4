import * as grants from '../store/grants.ts';
import * as persons from '../store/persons.ts';
import * as workItems from '../store/work-items.ts';
import type { EventDeps } from './deps.ts';

/**
 * An entry of responsibility was never valid. Access by it has ended like any other; that there was any at all has to be
 * looked at (FREG-05). Said of an adult's document, it is said of the child's too.
 */
export async function noteAnnulment({ db, newId }: EventDeps, personId: string): Promise<void> {
  const person = (await persons.load(db, [personId])).get(personId);
  const childId = person?.mergedInto ?? personId;
  if (person?.isChild !== true || !(await grants.wasEverActive(db, childId))) return;
  await workItems.open(db, [{ childId, kind: 'RESPONSIBILITY_ANNULLED', id: newId() }]);
}

import { newId } from '@ranselpost/kit/ids';
import { addDays } from '@ranselpost/kit/pure/dates';
import { people, places } from './families.ts';
import { type World, today } from './world.ts';

/**
 * A protected child of group A, for whom its contact teacher alone is named, and one who has left the school: either has been
 * away on the same day.
 */
export async function reportsOfHiddenAndFormer({ database, identity, settled }: World): Promise<{
  readonly hidden: string;
  readonly ids: readonly string[];
  readonly day: string;
}> {
  const [hidden, former, day] = [newId(), newId(), addDays(today, -20)];
  const place = { unitId: places.school, groupIds: [places.groupA] };
  const named = { personId: people.teacher.personId, from: addDays(today, -30), to: addDays(today, 30) };
  await identity.guardians(hidden, [people.otherGuardian.personId]);
  await identity.guardians(former, [people.otherGuardian.personId]);
  await identity.enrolments(hidden, [place], [named]);
  await identity.enrolments(former, [{ ...place, to: addDays(today, -1) }]);
  await settled();
  const ids: string[] = [];
  for (const childId of [hidden, former]) {
    const id = newId();
    ids.push(id);
    await database.admin`
      insert into absence (id, child_id, unit_id, day, reported_by, idempotency_key)
      values (${id}, ${childId}, ${places.school}, ${day}, ${people.otherGuardian.personId}, ${id})`;
    await database.admin`
      insert into absence_cause (absence_id, child_id, unit_id, cause) values (${id}, ${childId}, ${places.school}, 'SICK')`;
  }
  return { hidden, ids, day };
}

import { newId } from '@ranselpost/kit/ids';
import { sealReads, keepReadsElsewhere } from '../usecases/keep-access-log.ts';
import type { World } from './world.ts';

/** A teacher, and guardians who work at their child's school, have read: one of these openly, one with a protected address. */
export async function somebodyReads(world: World): Promise<void> {
  const { deps, id, unit, group, database } = world;
  await database.admin`
    insert into staff_role (role_id, person_id, role, unit_id, group_id, from_day)
    values (${newId()}, ${id.otherMother}, 'TEACHER', ${unit['school']!}, ${group['3B']!}, '2026-08-01')`;
  await database.admin`
    insert into municipal_role (role_id, person_id, role, from_day, source)
    values (${newId()}, ${id.hiddenMother}, 'PRIVACY_OFFICER', '2026-08-01', 'roster')`;
  await database.admin`insert into reading_alarm values (${newId()}, ${id.teacher}, 401, 400, now())`;
  for (const [reader, childId] of [
    ['teacher', id.ours],
    ['father', id.ours],
    ['otherMother', id.theirs],
  ] as const) {
    const read = { childId, kind: 'CHILD' as const, unitId: unit['school']!, role: 'TEACHER', rule: 'S-02' };
    await deps.db.asService((tx) =>
      keepReadsElsewhere({ ...deps, db: tx }, [
        {
          ...{ readId: newId(), readerId: id[reader], capacity: 'staff', service: 'attendance' },
          ...{ readAt: deps.now().toISOString(), reads: [read] },
        },
      ]),
    );
  }
  await sealReads(deps);
}

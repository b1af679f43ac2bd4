import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { addDays } from '@ranselpost/kit/pure/dates';
import type { FeatureState } from '@ranselpost/kit/pure/features';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { children, people, places, tellFamilies } from '../../test/families.ts';
import { type World, openWorld, today, tomorrow } from '../../test/world.ts';
import { readAbsences } from './read-absences.ts';
import { readChildAbsences } from './read-child-absences.ts';
import { readUnitAbsences } from './read-unit-absences.ts';
import { type OneReport, reportOne } from '../../test/reports.ts';

let world: World;
let days = 0;
let first: OneReport;
let absenceId: string;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity, world.database);
  await world.settled();
  first = aReport(today);
  const result = await reportOne(world.deps, people.mother, first);
  if (!result.ok) throw new Error(result.refusal.kind);
  absenceId = result.value.id;
});
afterAll(() => world.close());
afterEach(() => tell({ state: 'OPEN' }));

const aReport = (day: string, unitId = places.school): OneReport => ({
  ...{ childId: children.ours, unitId, day, cause: 'SICK', idempotencyKey: newId() },
});
const tell = async (
  standing: { state: FeatureState; opensOn?: string; isReadable?: boolean } | undefined,
  unitId = places.school,
) => {
  await world.identity.features(unitId, standing === undefined ? [] : [{ feature: 'ABSENCE', ...standing }]);
  await world.settled();
};
const reported = async (report: OneReport) => {
  const result = await reportOne(world.deps, people.mother, report);
  return result.ok ? 'reported' : result.refusal;
};
const ofChild = (actor: Actor, from: string | null = null, childId = children.ours) =>
  readChildAbsences(world.deps, actor, [{ childId, from, to: null, after: null, first: 100 }]);
const ofUnit = (actor: Actor) =>
  readUnitAbsences(world.deps, actor, [{ unitId: places.school, day: today, after: null, first: 100 }]);

describe('where absence is not open at a unit (X07, D02)', () => {
  test.each([
    ['stopped', { state: 'SUSPENDED', opensOn: '2030-01-07' }],
    ['closed', { state: 'CLOSED' }],
    ['announced', { state: 'ANNOUNCED', opensOn: '2030-01-07' }],
    ['never spoken of', undefined],
  ] as const)('and is %s, nothing is reported there, and at other units it is', async (_how, standing) => {
    await tell(standing);
    const day = addDays(tomorrow, (days += 1));
    expect(await reported(aReport(day))).toEqual({
      ...{ kind: 'feature-closed', feature: 'ABSENCE', unitId: places.school },
      ...{ state: standing?.state ?? 'CLOSED', opensOn: (standing as { opensOn?: string })?.opensOn ?? null },
    });
    expect(await world.database.admin`select from absence where day = ${day}`).toHaveLength(0);
    expect(await reported(aReport(day, places.afterSchool))).toBe('reported');
  });

  test('a report that was taken in before gets its answer again (S-22)', async () => {
    await tell({ state: 'SUSPENDED' });
    expect(await reported(first)).toBe('reported');
  });

  test('a report in whose middle it is stopped is refused as stopped, and not as a fault of ours', async () => {
    const day = addDays(tomorrow, (days += 1));
    let answer!: ReturnType<typeof reported>;
    await world.database.admin.begin(async (held) => {
      // Reads go past it; the report's insert waits.
      await held`lock table absence in share mode`;
      answer = reported(aReport(day));
      await eventually(async () => {
        const waiting = await world.database.admin`
          select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
            and query like '%insert into absence %'`;
        expect(waiting).not.toHaveLength(0);
      });
      await held`update access.feature set state = 'SUSPENDED' where unit_id = ${places.school}`;
    });
    expect(await answer).toMatchObject({ kind: 'feature-closed', state: 'SUSPENDED' });
  });

  test('what exists can still be read', async () => {
    await tell({ state: 'SUSPENDED' });
    expect([...(await readAbsences(world.deps, people.mother, [absenceId])).keys()]).toEqual([absenceId]);
    expect((await ofUnit(people.leader))[0]).toMatchObject([{ id: absenceId }]);
    const [list] = await ofChild(people.mother);
    expect(Array.isArray(list) && list.some(({ id }) => id === absenceId)).toBe(true);
  });

  test('what is hidden is not shown, and is not shown as none (S-26)', async () => {
    await tell({ state: 'SUSPENDED', isReadable: false });
    expect(await readAbsences(world.deps, people.mother, [absenceId])).toEqual(new Map());
    expect(await ofUnit(people.leader)).toEqual(['hidden']);
    expect(await ofUnit(people.otherLeader)).toEqual([null]);
    expect(await ofChild(people.mother)).toEqual(['hidden']);
    expect(await ofChild(people.stranger)).toEqual([null]);
    // After-school staff see nothing of the school's anyway, and lose nothing.
    expect(Array.isArray((await ofChild(people.afterSchool))[0])).toBe(true);
    expect(await ofChild(people.mother, null, children.small)).toEqual([[]]);
  });

  test('a list of a time at which the child was elsewhere is whole, and is shown', async () => {
    const [child, former, now] = [newId(), newId(), newId()];
    await world.identity.enrolments(child, [
      { unitId: former, to: '2026-08-01' },
      { unitId: now, from: '2026-08-01' },
    ]);
    await world.identity.guardians(child, [people.mother.personId]);
    await world.identity.features(now, [{ feature: 'ABSENCE', state: 'OPEN' }]);
    await tell({ state: 'CLOSED', isReadable: false }, former);
    expect(await ofChild(people.mother, null, child)).toEqual(['hidden']);
    expect(await ofChild(people.mother, '2026-07-31', child)).toEqual(['hidden']);
    expect(await ofChild(people.mother, '2026-08-01', child)).toEqual([[]]);
  });
});

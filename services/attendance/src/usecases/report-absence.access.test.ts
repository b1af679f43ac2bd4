import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { addDays } from '@ranselpost/kit/pure/dates';
import { staff } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { children, machine, people, places, tellFamilies } from '../../test/families.ts';
import { type World, openWorld, tomorrow } from '../../test/world.ts';
import { reportAbsence } from './report-absence.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
});
afterAll(() => world.close());

let days = 0;
const report = (actor: Actor, childId: string, unitId = places.school) =>
  reportAbsence(world.deps, actor, {
    ...{ childId, unitId, cause: 'SICK' as const },
    ...{ day: addDays(tomorrow, (days += 1)), idempotencyKey: newId() },
  });
const failure = (actor: Actor, childId: string) =>
  report(actor, childId).then(
    () => 'permitted',
    (error: Error & { code?: string }) => ({ name: error.name, code: error.code, message: error.message }),
  );
const notFound = { name: 'AppError', code: 'NOT_FOUND', message: 'Not found.' };

describe('reporting an absence is refused', () => {
  test.each<[string, Actor]>([
    ['a stranger', people.stranger],
    ['a guardian of another child in the same school', people.otherGuardian],
    ['a guardian with a local block (GUA-12)', people.blocked],
    ['a guardian whose access ended at midnight (GUA-14)', people.former],
    ['staff of another unit', people.otherLeader],
    ['after-school staff, for the school', people.afterSchool],
    ['the contact teacher', people.teacher],
    ['the leader', people.leader],
    ['a guardian who is signed in as staff (GUA-24)', staff(people.mother.personId)],
    ['a machine', machine],
    ['one of our services', { kind: 'service', name: 'identity' }],
  ])('to %s, as for a child that does not exist (S-06)', async (_who, actor) => {
    expect(await failure(actor, children.ours)).toEqual(notFound);
    expect(await failure(actor, newId())).toEqual(notFound);
  });

  test('for a masked child, as for one that does not exist (ADR-04)', async () => {
    expect(await failure(people.mother, children.masked)).toEqual(notFound);
  });

  test('to a guardian the moment their access has ended (GUA-10)', async () => {
    const { father, mother } = people;
    expect(await report(father, children.small, places.kindergarten)).toMatchObject({ ok: true });
    await world.identity.guardians(children.small, [mother.personId]);
    await world.settled();
    expect(await failure(father, children.small)).toEqual(notFound);
  });

  test('and nothing of it is stored', async () => {
    const rows = await world.database.admin`
      select reported_by from absence where reported_by not in (${people.mother.personId}, ${people.father.personId})`;
    expect(rows).toEqual([]);
  });
});

test('reporting an absence is for both guardians alike (GUA-03)', async () => {
  expect(await report(people.mother, children.ours)).toMatchObject({ ok: true });
  expect(await report(people.father, children.ours)).toMatchObject({ ok: true });
});

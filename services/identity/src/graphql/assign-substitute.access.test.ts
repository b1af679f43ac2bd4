import { newId } from '@ranselpost/kit/ids';
import { addDays, localDateAt } from '@ranselpost/kit/pure/dates';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Cases,
  bystanders,
  keyed,
  notFound,
  openCases,
  proposalOf,
  refusalOf,
} from '../testing/cases.ts';
import { rosterFile } from '../testing/roster.ts';
import { type Name, familiarRoster } from '../testing/world.ts';
import { importRoster } from '../usecases/import-roster.ts';

let c: Cases;
// Row-level security goes by the database's own day.
const now = new Date();
const day = (days: number) => addDays(localDateAt(now), days);
beforeAll(async () => {
  c = await openCases();
  c.setNow(now.toISOString());
});
afterAll(() => c.close());

const stand = (more: object = {}) =>
  keyed({
    ...{
      login: 'Subject@tingvika.example',
      role: 'TEACHER',
      unitId: c.unit['school'],
      groupId: c.group['3A'],
    },
    ...{ from: day(0), to: day(1) },
    ...more,
  });
const sees = async (child: Name) =>
  (await c.ask('subject', `query ($id: ID!) { child(id: $id) { id } }`, { id: c.id[child] })).data.child !==
  null;
const substitutes = async (name: Name) => {
  const query = `query ($id: ID!) { unit(id: $id) { substitutes { id login kind to group { name } } } }`;
  return (await c.ask(name, query, { id: c.unit['school'] })).data.unit.substitutes;
};

describe('letting somebody stand in is refused', () => {
  test.each(bystanders)('to %s, as at a unit that does not exist (S-06)', async (_who, actorOf) => {
    const before = await c.counts();
    const answer = await c.decide(actorOf(c), 'assignSubstitute', stand());
    expect(answer).toMatchObject(notFound);
    expect(answer).toEqual(await c.decide(actorOf(c), 'assignSubstitute', stand({ unitId: newId() })));
    expect(await c.counts()).toEqual(before);
  });

  test.each<[string, () => object]>([
    ['LOGIN_UNKNOWN', () => ({ login: 'nobody@tingvika.example' })],
    ['ROLE_ENDED', () => ({ to: day(0) })],
    ['ROLE_ENDED', () => ({ from: day(-9), to: day(-1) })],
    ['ROLE_TOO_LONG', () => ({ to: day(32) })],
    ['ROLE_NOT_YOURS_TO_GIVE', () => ({ role: 'LEADER' })],
    ['ROLE_NOT_YOURS_TO_GIVE', () => ({ role: 'ADMINISTRATOR' })],
    ['ROLE_NOT_OF_UNIT', () => ({ groupId: null })],
    ['ROLE_NOT_OF_UNIT', () => ({ role: 'KINDERGARTEN' })],
    ['ROLE_NOT_OF_UNIT', () => ({ groupId: c.group['blue'] })],
    ['ROLE_NOT_OF_UNIT', () => ({ groupId: 'nonsense' })],
    ['DECISION_FOR_ONESELF', () => ({ login: 'leader@tingvika.example' })],
  ])('as %s where the rules say so', async (code, more) => {
    expect(refusalOf(await c.decide('leader', 'assignSubstitute', stand(more())))).toBe(code);
  });
});

test('somebody stands in for a day in one class, sees that class and no other, and no roster ends it sooner', async () => {
  expect([await sees('ours'), await sees('theirs')]).toEqual([false, false]);
  await c.told();
  expect(proposalOf(await c.decide('leader', 'assignSubstitute', stand())).state).toBe('APPLIED');
  expect([await sees('ours'), await sees('theirs')]).toEqual([true, false]);
  expect((await c.told()).map(({ type, subject }) => [type, subject])).toContainEqual([
    'identity.roles.changed.v1',
    c.id.subject,
  ]);
  expect(refusalOf(await c.decide('leader', 'assignSubstitute', stand()))).toBe('ROLE_HELD');
  expect(await substitutes('leader')).toMatchObject([
    { login: 'subject@tingvika.example', kind: 'TEACHER', to: day(1), group: { name: '3A' } },
  ]);
  for (const name of ['teacher', 'office', 'subject'] as const) expect(await substitutes(name)).toEqual([]);
  // The next roster says nothing of it; the one after that gives the same role from the same day.
  const roster = familiarRoster(c.number);
  await importRoster(c.deps, rosterFile(roster), { mayEndMuch: false });
  expect(await sees('ours')).toBe(true);
  const own = { person: 'subject', target: '3A', role: '02', from: day(0) };
  await importRoster(c.deps, rosterFile({ ...roster, places: [...roster.places, own] }), {
    mayEndMuch: false,
  });
  const roles = await c.database.admin`
    select assigned_by is null as is_of_roster from staff_role
    where person_id = ${c.id.subject} and group_id = ${c.group['3A']!} order by 1`;
  expect(roles.map((row) => row['is_of_roster'])).toEqual([false, true]);
});

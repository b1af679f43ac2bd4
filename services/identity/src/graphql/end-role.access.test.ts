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
import type { Name } from '../testing/world.ts';

let c: Cases;
const now = new Date();
const day = (days: number) => addDays(localDateAt(now), days);
let substituteId: string;
beforeAll(async () => {
  c = await openCases();
  c.setNow(now.toISOString());
  const stand = {
    login: 'subject@tingvika.example',
    role: 'TEACHER',
    unitId: c.unit['school'],
    groupId: c.group['3A'],
  };
  await c.decide('leader', 'assignSubstitute', keyed({ ...stand, from: day(0), to: day(9) }));
  const [row] = await c.database.admin`select role_id from staff_role where assigned_by is not null`;
  substituteId = row!['role_id'] as string;
});
afterAll(() => c.close());

const end = (roleId: string) => keyed({ roleId });
const roleOf = async (name: Name): Promise<string> =>
  (await c.database.admin`select role_id from municipal_role where person_id = ${c.id[name]}`)[0]![
    'role_id'
  ] as string;

describe('ending a role is refused', () => {
  test.each(bystanders.filter(([who]) => !/administrator/.test(who)))(
    'to %s, as of one that does not exist (S-06)',
    async (_who, actorOf) => {
      const before = await c.counts();
      for (const id of [substituteId, await roleOf('secondOfficer')]) {
        const answer = await c.decide(actorOf(c), 'endRole', end(id));
        expect(answer).toMatchObject(notFound);
        expect(answer).toEqual(await c.decide(actorOf(c), 'endRole', end(newId())));
      }
      expect(await c.counts()).toEqual(before);
    },
  );

  test('to an administrator where a leader gave it, and to a leader where a roster did', async () => {
    expect(await c.decide('administrator', 'endRole', end(substituteId))).toMatchObject(notFound);
    const [ofRoster] = await c.database
      .admin`select role_id from staff_role where person_id = ${c.id.assistant}`;
    expect(refusalOf(await c.decide('leader', 'endRole', end(ofRoster!['role_id'] as string)))).toBe(
      'ROLE_OF_ROSTER',
    );
  });

  test('to whoever holds it and gives none', async () => {
    expect(refusalOf(await c.decide('caseWorker', 'endRole', end(await roleOf('caseWorker'))))).toBe(
      'DECISION_NOT_YOURS',
    );
  });
});

test('a substitute’s role is ended by the leader, at once and once', async () => {
  const query = `query ($id: ID!) { child(id: $id) { id } }`;
  expect((await c.ask('subject', query, { id: c.id.ours })).data.child).not.toBeNull();
  expect(proposalOf(await c.decide('leader', 'endRole', end(substituteId))).state).toBe('APPLIED');
  expect((await c.ask('subject', query, { id: c.id.ours })).data.child).toBeNull();
  expect(refusalOf(await c.decide('leader', 'endRole', end(substituteId)))).toBe('ROLE_ENDED');
});

test('a role in the municipality is ended by one administrator, and whoever held it is nobody there any more (S-02)', async () => {
  await c.told();
  expect(
    proposalOf(await c.decide('administrator', 'endRole', end(await roleOf('secondOfficer')))).state,
  ).toBe('APPLIED');
  expect(await c.ask('secondOfficer', '{ workItems { nodes { id } } }')).toMatchObject({
    errors: [{ extensions: { code: 'NOT_FOUND' } }],
  });
  expect((await c.told()).map(({ type, subject }) => [type, subject])).toContainEqual([
    'identity.roles.ended.v1',
    c.id.secondOfficer,
  ]);
  const list = '{ municipalRoles(first: 100) { nodes { id login kind } } }';
  for (const name of ['officer', 'leader', 'teacher'] as const)
    expect((await c.ask(name, list)).errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  const { nodes } = (await c.ask('administrator', list)).data.municipalRoles;
  expect(nodes.map(({ login, kind }: any) => `${login} ${kind}`).toSorted()).toEqual([
    'administrator@tingvika.example MUNICIPAL_ADMINISTRATOR',
    'caseworker@tingvika.example CASE_WORKER',
    'officer@tingvika.example PROTECTION_OFFICER',
    'secondadministrator@tingvika.example MUNICIPAL_ADMINISTRATOR',
    'secondcaseworker@tingvika.example CASE_WORKER',
  ]);
});

describe('a role that was ended on the day it began', () => {
  test('is given again that day by those who gave it, and ended again', async () => {
    const today = { from: day(0), to: day(1) };
    for (let time = 0; time < 3; time += 1) {
      const stand = { role: 'TEACHER', unitId: c.unit['school'], groupId: c.group['3A'] };
      const login = 'subject@tingvika.example';
      const given = proposalOf(
        await c.decide('leader', 'assignSubstitute', keyed({ login, ...stand, ...today })),
      );
      expect(given.state).toBe('APPLIED');
      const [local] = await c.database.admin`
        select role_id from staff_role where assigned_by is not null and to_day > from_day`;
      await c.decide('leader', 'endRole', end(local!['role_id'] as string));

      const wish = { login: 'office@tingvika.example', role: 'SUPPORT', reason: 'For a day', ...today };
      const proposed = proposalOf(await c.decide('administrator', 'assignRole', keyed(wish)));
      const approved = await c.decide('secondAdministrator', 'approveProposal', { proposalId: proposed.id });
      expect(proposalOf(approved).state).toBe('APPLIED');
      expect(refusalOf(await c.decide('administrator', 'assignRole', keyed(wish)))).toBe('ROLE_HELD');
      const [municipal] = await c.database.admin`
        select role_id from municipal_role where role = 'SUPPORT' and to_day > from_day`;
      await c.decide('administrator', 'endRole', end(municipal!['role_id'] as string));
    }
  });
});

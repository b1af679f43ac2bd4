import { guardian } from '@ranselpost/kit/testing/actors';
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
import { appoint } from '../usecases/appoint.ts';

let c: Cases;
beforeAll(async () => (c = await openCases()));
afterAll(() => c.close());

const role = (more: object = {}) =>
  keyed({
    ...{
      login: 'Office@tingvika.example',
      role: 'CASE_WORKER',
      from: '2026-11-21',
      to: '2027-11-21',
      reason: 'Ny',
    },
    ...more,
  });
const held = async () =>
  (await c.ask('office', '{ viewer { municipalRoles { kind } } }')).data.viewer.municipalRoles
    .map(({ kind }: { kind: string }) => kind)
    .toSorted();

describe('giving a role in the municipality is refused', () => {
  test.each(bystanders.filter(([who]) => !/case worker|administrator/.test(who)))(
    'to %s',
    async (_who, actorOf) => {
      const before = await c.counts();
      expect(await c.decide(actorOf(c), 'assignRole', role())).toMatchObject(notFound);
      expect(await c.counts()).toEqual(before);
    },
  );

  test('to leaders and case workers', async () => {
    expect(await c.decide('leader', 'assignRole', role())).toMatchObject(notFound);
    for (const login of [role().login, 'nobody@tingvika.example'])
      expect(refusalOf(await c.decide('caseWorker', 'assignRole', role({ login })))).toBe(
        'DECISION_NOT_YOURS',
      );
  });

  test.each<[string, object]>([
    ['DECISION_FOR_ONESELF', { login: 'administrator@tingvika.example' }],
    ['ROLE_NOT_YOURS_TO_GIVE', { role: 'MUNICIPAL_ADMINISTRATOR' }],
    ['ROLE_TOO_LONG', { to: '2028-01-01' }],
    ['ROLE_ENDED', { to: '2026-11-21' }],
    ['ROLE_ENDED', { from: '2026-12-01', to: '2026-12-01' }],
    ['ROLE_HELD', { login: 'caseWorker@tingvika.example' }],
    ['LOGIN_UNKNOWN', { login: 'nobody@tingvika.example' }],
    ['DECISION_REASON_MISSING', { reason: ' ' }],
  ])('as %s where the rules say so: %j', async (code, more) => {
    expect(refusalOf(await c.decide('administrator', 'assignRole', role(more)))).toBe(code);
  });
});

test('a role in the municipality is given by two, and neither of them is its holder (security § 2)', async () => {
  const { id } = proposalOf(await c.decide('administrator', 'assignRole', role()));
  expect(refusalOf(await c.decide('secondAdministrator', 'assignRole', role()))).toBe('PROPOSAL_STANDS');
  expect(refusalOf(await c.decide('administrator', 'approveProposal', { proposalId: id }))).toBe(
    'PROPOSAL_OWN',
  );
  expect(await held()).toEqual([]);
  // Whom it is about would approve it themselves, as the administrator that they are.
  await appoint(c.deps, 'office@tingvika.example', 'MUNICIPAL_ADMINISTRATOR');
  expect(refusalOf(await c.decide('office', 'approveProposal', { proposalId: id }))).toBe(
    'DECISION_FOR_ONESELF',
  );
  await c.decide('secondAdministrator', 'approveProposal', { proposalId: id });
  expect(await held()).toEqual(['CASE_WORKER', 'MUNICIPAL_ADMINISTRATOR']);
  const asGuardian = await c.ask(guardian(c.id.office), '{ viewer { municipalRoles { kind } } }');
  expect(asGuardian.data.viewer.municipalRoles).toEqual([]);
});

test('the operator gives the roles of those who give roles, and no other (S-02)', async () => {
  expect(await appoint(c.deps, 'teacher@tingvika.example', 'PROTECTION_OFFICER')).toEqual({
    ...{ ok: false, refusal: { kind: 'role-not-appointable' } },
  });
  expect(await appoint(c.deps, 'nobody@tingvika.example', 'PRIVACY_OFFICER')).toMatchObject({
    refusal: { kind: 'login-unknown' },
  });
  expect(await appoint(c.deps, 'Teacher@tingvika.example', 'PRIVACY_OFFICER')).toMatchObject({ ok: true });
  expect(await appoint(c.deps, 'teacher@tingvika.example', 'PRIVACY_OFFICER')).toMatchObject({
    refusal: { kind: 'role-held' },
  });
  const proposed = proposalOf(
    await c.decide(
      'administrator',
      'assignRole',
      role({ login: 'assistant@tingvika.example', role: 'ARCHIVIST' }),
    ),
  );
  expect(proposalOf(await c.decide('teacher', 'approveProposal', { proposalId: proposed.id })).state).toBe(
    'APPLIED',
  );
  expect(refusalOf(await c.decide('teacher', 'assignRole', role({ role: 'SUPPORT' })))).toBe(
    'DECISION_NOT_YOURS',
  );
});

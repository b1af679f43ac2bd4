import type { Actor } from '@ranselpost/kit/pure/actor';
import { type CedarThing, cedarOracle } from '@ranselpost/kit/testing/cedar';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { type Capacity, decideApproval, decideProposal, decideRejection, needsTwo } from './decisions.ts';
import type { Hold } from './guardianship.ts';
import {
  capacitiesAtUnit,
  capacitiesFor,
  capacitiesInMunicipality,
  capacitiesInQuarantine,
  mayDecide,
} from './policy.ts';
import { type Subject, matterOf } from './proposals.ts';
import { protectionLevels } from './protection.ts';

const oracle = cedarOracle(readFileSync(new URL('../testing/decisions.cedar', import.meta.url), 'utf8'));

const today = '2026-11-23';
const days = ['2026-08-01', '2026-11-22', today, '2026-11-24', '2027-06-30'];
const dayOf = (day: string): number => Date.parse(day) / 86_400_000;
const endOf = (day: string | null): number | null => (day === null ? null : dayOf(day));
const context = { today: dayOf(today) };

const capacities = [
  'LEADER_IN_CHARGE',
  'CASE_WORKER',
  'PROTECTION_OFFICER',
  'MUNICIPAL_ADMINISTRATOR',
  'PRIVACY_OFFICER',
  'LEADER_OF_UNIT',
] as const satisfies readonly Capacity[];
const period = { from: fc.constantFrom(...days), to: fc.option(fc.constantFrom(...days), { nil: null }) };
const groupId = fc.option(fc.constantFrom('3a', '3b'), { nil: null });
const people = fc.record({
  kind: fc.constantFrom('staff' as const, 'staff' as const, 'guardian' as const, 'service' as const),
  roles: fc.array(
    fc.record({
      role: fc.constantFrom('LEADER', 'LEADER', 'TEACHER', 'ADMINISTRATOR'),
      unitId: fc.constantFrom('school', 'sfo'),
      groupId,
      ...period,
    }),
    { maxLength: 2 },
  ),
  municipal: fc.array(
    fc.record({
      role: fc.constantFrom(
        ...(['CASE_WORKER', 'PROTECTION_OFFICER', 'MUNICIPAL_ADMINISTRATOR', 'PRIVACY_OFFICER'] as const),
        ...(['ARCHIVIST', 'SUPPORT'] as const),
      ),
      ...period,
    }),
    { maxLength: 2 },
  ),
  enrolments: fc.array(
    fc.record({
      childId: fc.constantFrom('ours', 'theirs'),
      unitId: fc.constantFrom('school', 'sfo'),
      groupIds: fc.subarray(['3a', '3b']),
      isProtected: fc.boolean(),
      ...period,
    }),
    { maxLength: 2 },
  ),
  cases: fc.array(
    fc.record({
      childId: fc.constant('ours'),
      protection: fc.constantFrom(...protectionLevels),
      isRestricted: fc.boolean(),
      hasOpen: fc.boolean(),
    }),
    { maxLength: 1 },
  ),
});
type Person = typeof people extends fc.Arbitrary<infer Value> ? Value : never;
const actors: Readonly<Record<string, Actor>> = {
  staff: { kind: 'staff', personId: 'p', level: 'substantial' },
  guardian: { kind: 'guardian', personId: 'p', level: 'substantial' },
  service: { kind: 'service', name: 'gateway' },
};

/** What somebody may have by a role of theirs, whether it holds or not: the second policy says which does. */
function groundsOf({ kind, roles, municipal, enrolments }: Person): readonly CedarThing[] {
  const held = roles.map(({ role, unitId, groupId: group, from, to }) => ({
    ...{ capacity: kind, role, unit: unitId, group, from: dayOf(from), to: endOf(to) },
  }));
  return [
    ...held.map((attributes) => ({ type: 'Role', attributes })),
    ...held.flatMap((attributes) =>
      enrolments.map(({ childId, unitId, from, to }) => ({
        type: 'Charge',
        attributes: {
          ...attributes,
          ...{ child: childId, placeUnit: unitId, placeFrom: dayOf(from), placeTo: endOf(to) },
        },
      })),
    ),
    ...municipal.map(({ role, from, to }) => ({
      type: 'Post',
      attributes: { capacity: kind, role, from: dayOf(from), to: endOf(to) },
    })),
  ];
}

const holds: readonly Hold[] = [
  ...(['PROTECTION_FORTROLIG', 'PROTECTION_STRENGT_FORTROLIG', 'D_NUMBER', 'FALSE_IDENTITY'] as const),
  ...(['GIVEN_TO_OTHERS', 'BIRTH_DATE_MISSING', 'NOT_IN_REGISTER', 'SPLIT', 'LOST_BEFORE_RESTORE'] as const),
  'REFUSED',
];
const authorities = ['UNIT', 'COURT', 'CHILD_WELFARE', 'POLICE'] as const;
const ids = { childId: 'ours', personId: 'q' };
const login = { login: 'x@tingvika.example', from: today, to: today };

/** Every kind of decision, each with whatever about it may matter for who takes it. */
const subjects: { readonly [Kind in Subject['kind']]: fc.Arbitrary<Subject & { kind: Kind }> } = {
  CONFIRM_GRANT: fc.subarray([...holds], { minLength: 1, maxLength: 3 }).map((some) => ({
    ...{ kind: 'CONFIRM_GRANT', ...ids, grantId: 'g', holds: some },
  })),
  GRANT_ACCESS: fc.constant({ kind: 'GRANT_ACCESS', ...ids, basis: 'DAILY_CARER', endsOn: today }),
  IMPOSE_RESTRICTION: fc.constantFrom(...authorities).map((authority) => ({
    ...{ kind: 'IMPOSE_RESTRICTION', ...ids, restrictionId: 'r', restriction: 'CONTACT_BAN', authority },
    ...{ closesAccess: true, reviewOn: today },
  })),
  LIFT_RESTRICTION: fc.constantFrom(...authorities).map((authority) => ({
    ...{ kind: 'LIFT_RESTRICTION', childId: 'ours', restrictionId: 'r', authority },
  })),
  RELEASE_PROTECTION: fc.constantFrom(...protectionLevels).map((from) => ({
    ...{ kind: 'RELEASE_PROTECTION', childId: 'ours', from, to: 'NONE' },
  })),
  NAME_STAFF: fc.constant({ kind: 'NAME_STAFF', ...ids, level: 'FORTROLIG', ...login }),
  END_NAMING: fc.constant({ kind: 'END_NAMING', ...ids, namingId: 'n' }),
  CLOSE_WORK_ITEM: fc
    .constantFrom('PROTECTION', 'PROTECTION_LOWERED', 'NO_STAFF_NAMED', 'CONTRADICTORY')
    .map((item) => ({
      ...{ kind: 'CLOSE_WORK_ITEM', childId: 'ours', workItemId: 'i', item },
    })),
  ASSIGN_ROLE: fc.constant({ kind: 'ASSIGN_ROLE', personId: 'q', role: 'CASE_WORKER', ...login }),
  ASSIGN_SUBSTITUTE: fc.constant({
    ...{ kind: 'ASSIGN_SUBSTITUTE', personId: 'q', role: 'TEACHER', unitId: 'school', groupId: '3a' },
    ...login,
  }),
  END_ROLE: fc.constantFrom('school', null).map((unitId) => ({
    ...{ kind: 'END_ROLE', personId: 'q', roleId: 'r', unitId },
  })),
  RELEASE_QUARANTINE: fc.constant({ kind: 'RELEASE_QUARANTINE', quarantineId: 'q', heldGrants: 9 }),
  REFUSE_QUARANTINE: fc.constant({ kind: 'REFUSE_QUARANTINE', quarantineId: 'q', heldGrants: 9 }),
  REOPEN_FEATURE: fc.constant({
    ...{ kind: 'REOPEN_FEATURE', actId: 'a', feature: 'ABSENCE', place: { level: 'MUNICIPALITY' } },
    ...{ opensOn: null, insistsOnDay: false, notice: null, power: 'MUNICIPAL_ADMINISTRATOR', lifts: [] },
    ...{ idempotencyKey: 'k', requestHash: 'h' },
  }),
} as never;

/** What is decided, as the second policy sees it. */
function toResource(subject: Subject, held: string): CedarThing {
  const type = subject.kind
    .toLowerCase()
    .replaceAll(/(?:^|_)(\w)/g, (_all, letter: string) => letter.toUpperCase());
  return {
    type,
    attributes: {
      holds: 'holds' in subject ? [...subject.holds] : null,
      authority: 'authority' in subject ? subject.authority : null,
      item: 'item' in subject ? subject.item : null,
      unit: 'unitId' in subject ? subject.unitId : null,
      held: subject.kind === 'RELEASE_PROTECTION' ? subject.from : held,
    },
  };
}
const anySubject = fc.oneof(...Object.values(subjects)) as fc.Arbitrary<Subject>;
const some = fc.subarray([...capacities], { maxLength: 2 });
const nobody: CedarThing = { type: 'Nobody', attributes: {} };
const any = (
  held: readonly Capacity[],
  action: string,
  resource: CedarThing,
  more: Parameters<typeof oracle>[3] = {},
): boolean =>
  held.some((name) =>
    oracle({ type: 'Capacity', attributes: { name } }, action, resource, { ...context, ...more }),
  );

vi.setConfig({ testTimeout: 600_000 });
/** The full hundred thousand take minutes: `ORACLE_CASES=100000`. */
const numRuns = Number(process.env['ORACLE_CASES'] ?? 400);

describe('who decides, said in a second language (security § 2)', () => {
  test('in what capacity somebody meets a child, a unit and the municipality (GUA-12, ADR-04, S-02)', () => {
    fc.assert(
      fc.property(people, fc.constantFrom(...capacities), (person, capacity) => {
        const { kind, roles, municipal, enrolments, cases } = person;
        const actor = actors[kind]!;
        const facts = { today, guardianOf: [], roles, enrolments, namedFor: [] };
        const grounds = groundsOf(person);
        const has = (action: string, resource: CedarThing) =>
          grounds.some((ground) => oracle(ground, action, resource, context));
        const [known] = cases;
        const aCase = {
          type: 'Case',
          attributes: {
            child: 'ours',
            protection: known?.protection ?? null,
            ...{ restricted: known?.isRestricted ?? null, open: known?.hasOpen ?? null },
          },
        };
        const municipality = { type: 'Municipality', attributes: {} };
        const unit = { type: 'Unit', attributes: { unit: 'school' } };
        expect(capacitiesFor(actor, facts, { municipal, cases }, 'ours').includes(capacity)).toBe(
          known !== undefined && has(capacity, aCase),
        );
        expect(capacitiesInMunicipality(actor, { municipal }, today).includes(capacity)).toBe(
          has(capacity, municipality),
        );
        const quarantine = { type: 'Quarantine', attributes: {} };
        expect(capacitiesInQuarantine(actor, { municipal }, today).includes(capacity)).toBe(
          has(capacity, quarantine),
        );
        expect(capacitiesAtUnit(actor, facts, 'school').includes(capacity)).toBe(has(capacity, unit));
        expect(mayDecide(actor, facts, { municipal })).toBe(has('decide', municipality));
      }),
      { numRuns },
    );
  });

  test('what somebody may propose, whether that settles it, and whether they have to say why (GUA-05, GUA-12, ADR-13)', () => {
    fc.assert(
      fc.property(
        anySubject,
        fc.constantFrom(...protectionLevels),
        some,
        fc.boolean(),
        (subject, held, proposer, hasWords) => {
          const matter = matterOf(subject, held);
          const resource = toResource(subject, held);
          const may = any(proposer, 'propose', resource);
          const isEnough = hasWords || oracle(nobody, 'wordless', resource, context);
          const decision = decideProposal(matter, proposer, hasWords ? 'As the papers say' : null);
          expect(decision.ok ? 'yes' : decision.refusal.kind).toBe(
            may ? (isEnough ? 'yes' : 'proof-missing') : 'not-yours-to-decide',
          );
          const fresh = { expires: dayOf(today) + 1, areSame: false, proposerMay: true };
          expect(needsTwo(matter, proposer)).toBe(
            !(oracle(nobody, 'alone', resource, context) && any(proposer, 'approve', resource, fresh)),
          );
        },
      ),
      { numRuns },
    );
  });

  test('who may approve it, or say no (GUA-05, security § 5: a start takes two)', () => {
    const waiting = fc.record({
      outcome: fc.constantFrom(null, null, null, 'APPLIED' as const, 'REJECTED' as const, 'EXPIRED' as const),
      expiresOn: fc.constantFrom('2026-11-22', today, '2026-11-24', '2026-12-01'),
      areSame: fc.constantFrom(false, false, true),
      held: fc.constantFrom(...protectionLevels),
    });
    fc.assert(
      fc.property(anySubject, waiting, some, some, (subject, { held, ...more }, approver, proposer) => {
        const { outcome, expiresOn, areSame } = more;
        const proposed = { matter: matterOf(subject, held), outcome, expiresOn };
        const resource = toResource(subject, held);
        const proposerMay = any(proposer, 'propose', resource);
        const now = { expires: dayOf(expiresOn), areSame, proposerMay };
        expect(decideApproval(proposed, { approver, proposer, areSame, today }).ok).toBe(
          any(approver, 'approve', resource, { ...now, ...(outcome === null ? {} : { outcome }) }),
        );
        const isWaiting = outcome === null && expiresOn > today;
        const asAnother = { expires: dayOf(expiresOn), areSame: false, proposerMay: true };
        expect(decideRejection(proposed, { capacities: approver, isProposer: areSame, today }).ok).toBe(
          isWaiting && (areSame || any(approver, 'approve', resource, asAnother)),
        );
      }),
      { numRuns },
    );
  });
});

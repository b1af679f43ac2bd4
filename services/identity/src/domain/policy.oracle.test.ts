import type { Actor } from '@ranselpost/kit/pure/actor';
import type { AccessFacts } from '@ranselpost/kit/pure/grounds';
import { type CedarThing, cedarOracle } from '@ranselpost/kit/testing/cedar';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { mayKnowGuardian, mayReadChild, mayReadEnrolment, mayReadGroup, mayReadUnit } from './policy.ts';

const oracle = cedarOracle(readFileSync(new URL('../testing/policy.cedar', import.meta.url), 'utf8'));

const today = '2026-11-23';
const days = ['2026-08-01', '2026-11-22', today, '2026-11-24', '2027-06-30'];
const children = ['ours', 'theirs'];
const groupsOf = { school: ['3a', '3b'], sfo: ['blue'] };
const units = ['school', 'sfo'] as const;
const kinds = [
  'LEADER',
  'ADMINISTRATOR',
  'CONTACT_TEACHER',
  'TEACHER',
  'ASSISTANT',
  'AFTER_SCHOOL',
  'KINDERGARTEN',
];
const protections = ['NONE', 'CLIENT_ADDRESS', 'FORTROLIG', 'STRENGT_FORTROLIG'] as const;

const period = {
  from: fc.constantFrom(...days),
  to: fc.option(fc.constantFrom(...days), { nil: null }),
};
const role = fc.constantFrom(...units).chain((unitId) =>
  fc.record({
    role: fc.constantFrom(...kinds),
    unitId: fc.constant(unitId),
    groupId: fc.option(fc.constantFrom(...groupsOf[unitId]), { nil: null }),
    ...period,
  }),
);
const enrolment = fc.constantFrom(...units).chain((unitId) =>
  fc.record({
    childId: fc.constantFrom(...children),
    unitId: fc.constant(unitId),
    groupIds: fc.subarray(groupsOf[unitId]),
    isProtected: fc.boolean(),
    ...period,
  }),
);
const namings = fc.record({
  childId: fc.constantFrom(...children),
  from: fc.constantFrom(...days),
  to: fc.constantFrom(...days),
});
const cases = fc.record({
  kind: fc.constantFrom('guardian', 'staff', 'machine', 'service'),
  facts: fc.record({
    today: fc.constant(today),
    guardianOf: fc.subarray(children),
    roles: fc.array(role, { maxLength: 2 }),
    enrolments: fc.array(enrolment, { maxLength: 2 }),
    namedFor: fc.array(namings, { maxLength: 1 }),
  }),
});

const actors: Readonly<Record<string, Actor>> = {
  guardian: { kind: 'guardian', personId: 'p', level: 'substantial' },
  staff: { kind: 'staff', personId: 'p', level: 'substantial' },
  machine: { kind: 'machine', clientId: 'm', organisation: '310001236', scopes: [] },
  service: { kind: 'service', name: 'identity' },
};

const dayOf = (day: string): number => Date.parse(day) / 86_400_000;
const endOf = (day: string | null): number | null => (day === null ? null : dayOf(day));

/** Every ground that an actor could have by the facts, whether it holds or not: the second policy says which do. */
function groundsOf(capacity: string, facts: AccessFacts): readonly CedarThing[] {
  const grants = facts.guardianOf.flatMap((child): CedarThing[] => {
    const grant = { capacity, child, person: 'p' };
    const places = facts.enrolments.filter(({ childId }) => childId === child);
    return [
      { type: 'Grant', attributes: grant },
      ...places.map(({ unitId, groupIds, to }) => ({
        type: 'Grant',
        attributes: { ...grant, unit: unitId, groups: [...groupIds], to: endOf(to) },
      })),
    ];
  });
  const roles = facts.roles.map(({ unitId, groupId, from, to }) => ({
    capacity,
    unit: unitId,
    group: groupId,
    from: dayOf(from),
    to: endOf(to),
  }));
  const [naming] = facts.namedFor;
  const named = {
    namedFor: naming?.childId ?? null,
    namedFrom: naming === undefined ? null : dayOf(naming.from),
    namedTo: naming === undefined ? null : dayOf(naming.to),
  };
  const charges = roles.flatMap((held) =>
    facts.enrolments.map((place) => ({
      ...held,
      child: place.childId,
      placeUnit: place.unitId,
      groups: [...place.groupIds],
      placeFrom: dayOf(place.from),
      placeTo: endOf(place.to),
      isProtected: place.isProtected,
      ...named,
    })),
  );
  return [
    ...grants,
    ...roles.map((attributes) => ({ type: 'Role', attributes })),
    ...charges.map((attributes) => ({ type: 'Charge', attributes })),
  ];
}

const second = (kind: string, facts: AccessFacts, action: string, resource: CedarThing): boolean =>
  groundsOf(kind, facts).some((ground) => oracle(ground, action, resource, { today: dayOf(today) }));

vi.setConfig({ testTimeout: 600_000 });
/** The full hundred thousand take minutes: `ORACLE_CASES=100000`. */
const runs = Number(process.env['ORACLE_CASES'] ?? 2_500);

describe('the policy says what it says in a second language (S-02)', () => {
  test('of a child, its places and its other guardians (GUA-01, GUA-03, ADR-19)', () => {
    const asked = fc.record({
      childId: fc.constantFrom(...children),
      unitId: fc.constantFrom(...units),
      personId: fc.constantFrom('p', 'q'),
      protection: fc.constantFrom(...protections),
    });
    fc.assert(
      fc.property(cases, asked, ({ kind, facts }, { childId, unitId, personId, protection }) => {
        const actor = actors[kind]!;
        const child = { type: 'Child', attributes: { child: childId, unit: unitId } };
        expect(mayReadChild(actor, facts, childId).isPermitted).toBe(second(kind, facts, 'child', child));
        expect(mayReadEnrolment(actor, facts, { childId, unitId }).isPermitted).toBe(
          second(kind, facts, 'place', child),
        );
        const adult = { type: 'Adult', attributes: { child: childId, person: personId, protection } };
        expect(mayKnowGuardian(actor, facts, childId, { personId, protection }).isPermitted).toBe(
          second(kind, facts, 'guardian', adult),
        );
      }),
      { numRuns: runs },
    );
  });

  test('of a unit and its groups (ADR-04)', () => {
    const asked = fc
      .constantFrom(...units)
      .chain((unitId) =>
        fc.record({ unitId: fc.constant(unitId), groupId: fc.constantFrom(...groupsOf[unitId]) }),
      );
    fc.assert(
      fc.property(cases, asked, ({ kind, facts }, { unitId, groupId }) => {
        const actor = actors[kind]!;
        expect(mayReadUnit(actor, facts, unitId).isPermitted).toBe(
          second(kind, facts, 'unit', { type: 'Unit', attributes: { unit: unitId } }),
        );
        expect(mayReadGroup(actor, facts, { groupId, unitId }).isPermitted).toBe(
          second(kind, facts, 'group', { type: 'Group', attributes: { group: groupId, unit: unitId } }),
        );
      }),
      { numRuns: runs },
    );
  });
});

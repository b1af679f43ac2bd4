import type { Actor } from '@ranselpost/kit/pure/actor';
import type { AccessFacts } from '@ranselpost/kit/pure/grounds';
import { type CedarThing, cedarOracle } from '@ranselpost/kit/testing/cedar';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { mayListUnit, mayReportAbsence, maySeeAbsence, maySeeCause } from './policy.ts';

const oracle = cedarOracle(readFileSync(new URL('../testing/policy.cedar', import.meta.url), 'utf8'));

const today = '2026-11-23';
const days = ['2026-08-01', '2026-11-22', today, '2026-11-24', '2027-06-30'];
const children = ['ours', 'theirs'];
const units = ['school', 'sfo'];
const groups = ['3a', '3b'];
const kinds = [
  'LEADER',
  'ADMINISTRATOR',
  'CONTACT_TEACHER',
  'TEACHER',
  'ASSISTANT',
  'AFTER_SCHOOL',
  'KINDERGARTEN',
];

const period = {
  from: fc.constantFrom(...days),
  to: fc.option(fc.constantFrom(...days), { nil: null }),
};
const cases = fc.record({
  kind: fc.constantFrom('guardian', 'staff', 'machine', 'service'),
  facts: fc.record({
    today: fc.constant(today),
    guardianOf: fc.subarray(children),
    roles: fc.array(
      fc.record({
        role: fc.constantFrom(...kinds),
        unitId: fc.constantFrom(...units),
        groupId: fc.option(fc.constantFrom(...groups), { nil: null }),
        ...period,
      }),
      { maxLength: 2 },
    ),
    enrolments: fc.array(
      fc.record({
        childId: fc.constantFrom(...children),
        unitId: fc.constantFrom(...units),
        groupIds: fc.subarray(groups),
        isProtected: fc.boolean(),
        ...period,
      }),
      { maxLength: 2 },
    ),
    namedFor: fc.array(
      fc.record({
        childId: fc.constantFrom(...children),
        from: fc.constantFrom(...days),
        to: fc.constantFrom(...days),
      }),
      { maxLength: 1 },
    ),
  }),
});

const actors: Readonly<Record<string, Actor>> = {
  guardian: { kind: 'guardian', personId: 'p', level: 'substantial' },
  staff: { kind: 'staff', personId: 'p', level: 'substantial' },
  machine: { kind: 'machine', clientId: 'm', organisation: '310001236', scopes: [] },
  service: { kind: 'service', name: 'identity' },
};

const dayOf = (day: string): number => Date.parse(day) / 86_400_000;
const periodOf = ({ from, to }: { from: string; to: string | null }) => ({
  from: dayOf(from),
  to: to === null ? null : dayOf(to),
});

/** What the second policy says of what one child’s absence at one unit is to somebody. */
function second(
  capacity: string,
  facts: AccessFacts,
  action: string,
  childId: string,
  unitId: string,
): boolean {
  const places = facts.enrolments.filter((place) => place.childId === childId && place.unitId === unitId);
  const resources: readonly CedarThing[] = [
    // Guardians see their child’s absence also where it has no place any more.
    {
      type: 'Place',
      attributes: {
        ...{ child: childId, unit: unitId, groups: [], isProtected: false },
        ...{ from: dayOf(today) + 1, to: null },
      },
    },
    ...places.map((place) => ({
      type: 'Place',
      attributes: {
        ...{ child: childId, unit: unitId, groups: [...place.groupIds], isProtected: place.isProtected },
        ...periodOf(place),
      },
    })),
  ];
  return groundsOf(capacity, facts).some((ground) =>
    resources.some((resource) => oracle(ground, action, resource, { today: dayOf(today) })),
  );
}

/** Whom the actor is named for, if anybody. */
const namingOf = ({ namedFor: [naming] }: AccessFacts) => ({
  namedFor: naming?.childId ?? null,
  namedFrom: naming === undefined ? null : dayOf(naming.from),
  namedTo: naming === undefined ? null : dayOf(naming.to),
});

const groundsOf = (capacity: string, facts: AccessFacts): readonly CedarThing[] => [
  ...facts.guardianOf.map((child) => ({ type: 'Grant', attributes: { capacity, child } })),
  ...facts.roles.map((role) => ({
    type: 'Role',
    attributes: {
      ...{ capacity, role: role.role, unit: role.unitId, group: role.groupId, ...periodOf(role) },
      ...namingOf(facts),
    },
  })),
];

const isRefused = (decide: () => void): boolean => {
  try {
    decide();
    return false;
  } catch {
    return true;
  }
};

vi.setConfig({ testTimeout: 600_000 });
/** The full hundred thousand take minutes: `ORACLE_CASES=100000`. */
const runs = Number(process.env['ORACLE_CASES'] ?? 2_500);

describe('the policy says what it says in a second language (S-02)', () => {
  const place = fc.record({ childId: fc.constantFrom(...children), unitId: fc.constantFrom(...units) });

  test('of seeing an absence, and its cause (GUA-01, ABS-04)', () => {
    fc.assert(
      fc.property(cases, place, ({ kind, facts }, { childId, unitId }) => {
        const actor = actors[kind]!;
        expect(maySeeAbsence(actor, facts, { childId, unitId })).toBe(
          second(kind, facts, 'see', childId, unitId),
        );
        expect(maySeeCause(actor, facts, { childId, unitId })).toBe(
          second(kind, facts, 'cause', childId, unitId),
        );
      }),
      { numRuns: runs },
    );
  });

  test('of reporting one (ABS-02)', () => {
    fc.assert(
      fc.property(cases, place, ({ kind, facts }, { childId, unitId }) => {
        expect(!isRefused(() => mayReportAbsence(actors[kind]!, facts, { childId, unitId }))).toBe(
          second(kind, facts, 'report', childId, unitId),
        );
      }),
      { numRuns: runs },
    );
  });

  test('of listing a unit’s', () => {
    fc.assert(
      fc.property(cases, place, ({ kind, facts }, { unitId }) => {
        const resource = { type: 'Unit', attributes: { unit: unitId } };
        expect(mayListUnit(actors[kind]!, facts, unitId)).toBe(
          groundsOf(kind, facts).some((ground) => oracle(ground, 'list', resource, { today: dayOf(today) })),
        );
      }),
      { numRuns: runs },
    );
  });
});

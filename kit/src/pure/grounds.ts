import type { Actor } from './actor.ts';
import { type LocalDate, isWithin } from './dates.ts';

/** What is known of an actor's grounds for some children, as plain data for a policy to decide on. */
export interface AccessFacts {
  readonly today: LocalDate;
  /** The children among those asked about whom the actor is an active guardian of. */
  readonly guardianOf: readonly string[];
  readonly roles: readonly {
    readonly role: string;
    readonly unitId: string;
    readonly groupId: string | null;
    readonly from: LocalDate;
    readonly to: LocalDate | null;
  }[];
  readonly enrolments: readonly {
    readonly childId: string;
    readonly unitId: string;
    readonly groupIds: readonly string[];
    readonly from: LocalDate;
    readonly to: LocalDate | null;
    /** Open to those of the staff alone who are named for the child (ADR-10). */
    readonly isProtected: boolean;
  }[];
  /** The protected children whom the actor, as staff, is or was named for, and on which days. No ground by itself. */
  readonly namedFor: readonly {
    readonly childId: string;
    readonly from: LocalDate;
    readonly to: LocalDate;
  }[];
}

/** True for a guardian who holds an active grant for the child now, signed in as a guardian (GUA-01, GUA-24, S-02). */
export const isGuardianOf = (actor: Actor, facts: AccessFacts, childId: string): boolean =>
  actor.kind === 'guardian' && facts.guardianOf.includes(childId);

/** The roles that the actor, signed in as staff, holds today (S-02). */
export const rolesToday = (actor: Actor, facts: AccessFacts): AccessFacts['roles'] =>
  actor.kind === 'staff' ? facts.roles.filter(({ from, to }) => isWithin(facts.today, from, to)) : [];

/**
 * For what staff may do at a shared tablet too: somebody at one as the staff that they are, with their grounds at its unit alone. Everybody
 * else stays who they are. Whatever does not ask here is closed to a tablet.
 */
export function alsoAtTablet<Facts extends AccessFacts>(
  actor: Actor,
  facts: Facts,
): readonly [actor: Actor, facts: Facts] {
  if (actor.kind !== 'tablet') return [actor, facts];
  const { personId, unitId } = actor;
  return [
    { kind: 'staff', personId, level: 'substantial' },
    { ...facts, roles: facts.roles.filter((role) => role.unitId === unitId) },
  ];
}

type Enrolments = AccessFacts['enrolments'];

/** Whoever asks about a whole unit asks of each of its children; the same facts are looked through once. */
const byChild = new WeakMap<Enrolments, ReadonlyMap<string, Enrolments>>();

function enrolmentsOf({ enrolments }: AccessFacts, childId: string): Enrolments {
  const known = byChild.get(enrolments) ?? Map.groupBy(enrolments, (enrolment) => enrolment.childId);
  byChild.set(enrolments, known);
  return known.get(childId) ?? [];
}

const isNamedFor = ({ namedFor, today }: AccessFacts, childId: string): boolean =>
  namedFor.some((naming) => naming.childId === childId && isWithin(today, naming.from, naming.to));

/** True where the child is protected, so that its staff are those who are named (ADR-10). */
export const isProtected = (facts: AccessFacts, childId: string): boolean =>
  enrolmentsOf(facts, childId).some((enrolment) => enrolment.isProtected);

/** The same as if nobody were protected: for what is about who may see a child, and tells nothing else of it. */
export const regardlessOfProtection = (facts: AccessFacts): AccessFacts => ({
  ...facts,
  enrolments: facts.enrolments.map((enrolment) => ({ ...enrolment, isProtected: false })),
});

/**
 * The units at which the actor, as staff, has the child in their charge today: by a role for the whole unit, or for a
 * group that the child is in. A role at one unit says nothing of the same child at another. Of a protected child, nobody has
 * charge who is not named for it, whatever their role (ADR-10).
 */
export function unitsInChargeOf(actor: Actor, facts: AccessFacts, childId: string): readonly string[] {
  const roles = rolesToday(actor, facts);
  return enrolmentsOf(facts, childId)
    .filter((enrolment) => isWithin(facts.today, enrolment.from, enrolment.to))
    .filter((enrolment) => !enrolment.isProtected || isNamedFor(facts, childId))
    .filter(({ unitId, groupIds }) =>
      roles.some(
        (role) => role.unitId === unitId && (role.groupId === null || groupIds.includes(role.groupId)),
      ),
    )
    .map(({ unitId }) => unitId);
}

/**
 * The role by which the actor, as staff, has the child in their charge today, and where: at the unit asked about, or at
 * any. Undefined when there is none.
 */
export function groundOfCharge(
  actor: Actor,
  facts: AccessFacts,
  childId: string,
  atUnit?: string,
): { readonly unitId: string; readonly role: string } | undefined {
  const unitId = unitsInChargeOf(actor, facts, childId).find(
    (unit) => atUnit === undefined || unit === atUnit,
  );
  const role = rolesToday(actor, facts).find(
    (held) =>
      held.unitId === unitId &&
      unitsInChargeOf(actor, { ...facts, roles: [held] }, childId).includes(held.unitId),
  );
  return unitId === undefined || role === undefined ? undefined : { unitId, role: role.role };
}

import type { LocalDate } from '@ranselpost/kit/pure/dates';
import type { Grant, GrantChange, Ground } from './grants.ts';

/** One line of what others are told about a child's guardians. */
export interface ToldGuardian {
  readonly personId: string;
  readonly grantId: string;
  readonly ground: Ground;
  /** The first day without access by any of their grounds; null where no end is known. */
  readonly endsOn: LocalDate | null;
}

/** The grants of a child after some changes to those that were open. */
export const afterChanges = (known: readonly Grant[], changes: readonly GrantChange[]): readonly Grant[] => [
  ...known.map((grant) => changes.find((change) => change.grant.grantId === grant.grantId)?.grant ?? grant),
  ...changes.filter(({ from }) => from === null).map(({ grant }) => grant),
];

/**
 * Who has access, each once, in an order that does not depend on how the grants came about. Goes by the state alone:
 * a grant past its last day counts until it is ended, so that its end is seen as a change and told.
 */
export function toToldGuardians(grants: readonly Grant[]): readonly ToldGuardian[] {
  const active = grants
    .filter(({ state }) => state === 'ACTIVE')
    .toSorted((one, other) => compare(one.personId, other.personId) || compare(other.ground, one.ground));
  return active
    .filter(({ personId }, place) => active[place - 1]?.personId !== personId)
    .map(({ personId, grantId, ground }) => ({
      ...{ personId, grantId, ground },
      endsOn: latest(active.filter((grant) => grant.personId === personId).map(({ endsOn }) => endsOn)),
    }));
}

/** What changed for the others, in who has access or until when: nothing, or the whole list and those who are not on it any more. */
export function compareTold(
  before: readonly ToldGuardian[],
  after: readonly ToldGuardian[],
): { readonly hasChanged: boolean; readonly lost: readonly string[] } {
  const keys = (list: readonly ToldGuardian[]) =>
    list.map(({ grantId, endsOn }) => `${grantId} ${endsOn}`).join();
  return {
    hasChanged: keys(before) !== keys(after),
    lost: before
      .map(({ personId }) => personId)
      .filter((personId) => !after.some((guardian) => guardian.personId === personId)),
  };
}

const latest = (days: readonly (LocalDate | null)[]): LocalDate | null =>
  days.reduce((one, other) => (one === null || other === null ? null : one < other ? other : one));
const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

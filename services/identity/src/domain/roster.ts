import type { LocalDate } from '@ranselpost/kit/pure/dates';
import type { PostKind, UnitKind } from './staff-roles.ts';

/** Where something stands: the line, and the file where a roster is several. */
export interface Where {
  readonly file: string | null;
  readonly line: number;
}

/** What stands at the head of a roster. `changes` says what became of some; what it leaves out stays as it was. */
export interface RosterHead extends Where {
  readonly kind: 'head';
  readonly source: string;
  readonly type: 'full' | 'changes';
  readonly writtenAt: string | null;
}

/** A child or a member of staff, as a roster names them. */
export interface RosterPerson extends Where {
  readonly kind: 'person';
  readonly key: string;
  /** Keys that the same source named them by before. */
  readonly formerKeys: readonly string[];
  /** Null: the source knows no national number of theirs, and its own key is all there is. */
  readonly number: string | null;
  /** The name they sign in by as staff. */
  readonly login: string | null;
  /** Named only to say that they are gone. */
  readonly isDropped: boolean;
}

export type RosterGroupKind = UnitKind | 'OWNER' | 'BASIS' | 'TEACHING' | 'CONTACT' | 'OTHER';

/** A unit, what stands above units, a group in a unit, or something we have no use for. */
export interface RosterGroup extends Where {
  readonly kind: 'group';
  readonly key: string;
  readonly formerKeys: readonly string[];
  readonly groupKind: RosterGroupKind;
  readonly name: string;
  readonly organisationNumber: string | null;
  readonly parentKey: string;
  /** No place in it counts outside these days; open where it says nothing. */
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
  readonly isDropped: boolean;
}

/** One person's place in one unit or group. The end is the day after the last one. */
export interface RosterMember extends Where {
  readonly kind: 'member';
  readonly targetKey: string;
  readonly personKey: string;
  readonly post: PostKind;
  /** Null: the source does not say since when. */
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
  readonly isDropped: boolean;
}

/** Something the format has, or a word in it, that we have no use for. Told to whoever imports, and counted. */
export interface PassedOver {
  readonly kind: 'passed-over';
  readonly what: string;
}

/** Why a roster is not taken in. Nothing of it counts then. */
export type RosterFaultKind =
  | 'not-xml'
  | 'not-csv'
  | 'not-a-roster'
  | 'not-a-full-roster'
  | 'nothing-to-change-yet'
  | 'older-than-known'
  | 'not-in-order'
  | 'missing'
  | 'not-a-date'
  | 'unknown-value'
  | 'number-not-accepted'
  | 'twice'
  | 'contradicts'
  | 'ends-before-it-begins'
  | 'unknown-target'
  | 'unknown-person'
  | 'unknown-parent';

/** What is wrong, and where: the standard's own word for it, never what stood there. */
export interface RosterFault extends Where {
  readonly kind: RosterFaultKind;
  readonly what: string;
}

export type RosterItem =
  | RosterHead
  | RosterPerson
  | RosterGroup
  | RosterMember
  | PassedOver
  | { readonly kind: 'fault'; readonly fault: RosterFault };

/** Why nothing of a roster was taken in. */
export type RosterRefusal =
  /** `total` may be more than are listed. */
  | { readonly kind: 'faults'; readonly total: number; readonly faults: readonly RosterFault[] }
  | { readonly kind: 'ends-too-much'; readonly ending: number; readonly current: number }
  /** The roster, the day or what is known is not what it was when the difference was shown. */
  | { readonly kind: 'imports-stopped' }
  | { readonly kind: 'not-what-was-shown' }
  /** Another roster was taken in half-way, and must be taken in whole or put aside first. */
  | { readonly kind: 'another-is-unfinished' };

/** At most this share of what is current may end by one roster, unless somebody says that it is meant: half a file is a valid file too. */
export const endsTooMuch = (ending: number, current: number): boolean => ending > 50 && ending * 5 > current;

/** Keeps the first faults whole and counts the others. */
export function faultList(most: number) {
  const faults: RosterFault[] = [];
  let total = 0;
  return {
    /** `count` is more than are given, where somebody else has counted. */
    add: (more: readonly RosterFault[], count = more.length): void => {
      total += count;
      faults.push(...more.slice(0, most - faults.length));
    },
    toRefusal: (): Extract<RosterRefusal, { kind: 'faults' }> | undefined =>
      total === 0 ? undefined : { kind: 'faults', total, faults },
  };
}

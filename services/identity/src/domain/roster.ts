import type { LocalDate } from '@ranselpost/kit/pure/dates';
import type { UnitKind } from './staff-roles.ts';

/** A child or a member of staff, as a roster names them. */
export interface RosterPerson {
  readonly kind: 'person';
  readonly line: number;
  readonly key: string;
  readonly number: string;
  /** The name they sign in by as staff. */
  readonly login: string | null;
}

export type RosterGroupKind = UnitKind | 'OWNER' | 'BASIS' | 'TEACHING' | 'CONTACT' | 'OTHER';

/** A unit, what stands above units, a group in a unit, or something we have no use for. */
export interface RosterGroup {
  readonly kind: 'group';
  readonly line: number;
  readonly key: string;
  readonly groupKind: RosterGroupKind;
  readonly name: string;
  readonly organisationNumber: string | null;
  readonly parentKey: string;
}

/** One person's place in one unit or group. The end is the day after the last one. */
export interface RosterMember {
  readonly kind: 'member';
  readonly line: number;
  readonly targetKey: string;
  readonly personKey: string;
  /** Role type as the standard numbers it: 01 pupil, 02 teacher, … */
  readonly role: string;
  readonly from: LocalDate;
  readonly to: LocalDate | null;
}

/** What stands at the head of a file. */
export interface RosterHead {
  readonly kind: 'head';
  readonly line: number;
  readonly source: string;
  readonly type: string;
}

export type RosterItem = RosterHead | RosterPerson | RosterGroup | RosterMember;

/** Why a file is not taken in. Nothing of it counts then. */
export type RosterFaultKind =
  | 'not-xml'
  | 'not-a-roster'
  | 'not-a-full-roster'
  | 'missing'
  | 'not-a-date'
  | 'number-not-accepted'
  | 'twice'
  | 'unknown-target'
  | 'unknown-person'
  | 'unknown-parent'
  | 'ends-too-much';

/** What is wrong, and where: a line and the standard's own word for it, never what stood there. */
export interface RosterFault {
  readonly kind: RosterFaultKind;
  readonly line: number;
  readonly what: string;
}

/** At most this share of what is current may end by one file, unless somebody says that it is meant: half a file is a valid file too. */
export const endsTooMuch = (ending: number, current: number): boolean => ending > 50 && ending * 5 > current;

import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type AccessFacts, rolesToday } from '@ranselpost/kit/pure/grounds';

export interface SafetyConcern {
  readonly id: string;
  readonly unitId: string;
  /** A form that hints at bullying or is about somebody of the staff, or a message that staff moved to a case or told on (SKM-01). */
  readonly cause: 'CONTACT_FORM' | 'MOVED_MESSAGE' | 'STAFF_REPORT';
  /** The stricter line is to be followed, and the municipality told (oppl. § 12-5). */
  readonly isAboutStaff: boolean;
  readonly raisedAt: Date;
  readonly takenOnAt: Date | null;
  readonly caseNumber: string | null;
}

/** Who of the staff of a unit something is about, as whoever writes it chooses; never read out of what they write. */
export interface AboutStaff {
  readonly isLeader: boolean;
  readonly personIds: readonly string[];
}
export const aboutNoStaff: AboutStaff = { isLeader: false, personIds: [] };
export const isAboutStaff = ({ isLeader, personIds }: AboutStaff): boolean =>
  isLeader || personIds.length > 0;

/**
 * Of what is told on to another unit, "the leader" is whoever leads where it was written; where nobody does, whoever it is told on to
 * does (oppl. § 1-2).
 */
export const nameLeaders = (about: AboutStaff, leaderIds: readonly string[]): AboutStaff =>
  about.isLeader && leaderIds.length > 0
    ? { isLeader: false, personIds: [...new Set([...about.personIds, ...leaderIds])] }
    : about;

/** Nobody is named whom whoever names them does not see at the unit: of others it is not said whether they work there. */
export function mayName(about: AboutStaff, seenIds: readonly string[]): void {
  if (!about.personIds.every((personId) => seenIds.includes(personId))) throw new AppError('NOT_FOUND');
}

/** To whom something goes, and from whom it is kept. */
export interface Addressed {
  readonly aboutIds: readonly string[];
  /** It goes past all who lead the unit, to the municipality. */
  readonly isPastLeaders: boolean;
  readonly toldIds: readonly string[];
}

/**
 * The unit's leader answers; where it is about somebody who leads there, whoever answers for the municipality, as the owner of
 * schools and kindergartens, and none of the others who lead (oppl. § 12-5). Nobody answers for what is about themself (SKM-04).
 */
export function addressConcern(
  { isLeader, personIds }: AboutStaff,
  {
    leaderIds,
    municipalIds,
  }: { readonly leaderIds: readonly string[]; readonly municipalIds: readonly string[] },
): Addressed {
  const aboutIds = [...new Set([...personIds, ...(isLeader ? leaderIds : [])])];
  const isPastLeaders = isLeader || personIds.some((personId) => leaderIds.includes(personId));
  return {
    aboutIds,
    isPastLeaders,
    toldIds: (isPastLeaders || leaderIds.length === 0 ? municipalIds : leaderIds).filter(
      (personId) => !aboutIds.includes(personId),
    ),
  };
}

/** What is known of a concern, or of a form that one came of, and of whoever asks for it. */
export interface Standing {
  readonly unitId: string;
  /** Nobody who leads the unit answers for it. */
  readonly isPastLeaders: boolean;
  readonly isAboutViewer: boolean;
}

export interface DeskFacts extends AccessFacts {
  /** What whoever asks is for the municipality today. */
  readonly municipalRoles: readonly string[];
}

/** The leader of a unit sees what may have to be looked into there (oppl. § 12-4). */
export const leads = (actor: Actor, facts: AccessFacts, unitId: string): boolean =>
  rolesToday(actor, facts).some(
    (role) => role.unitId === unitId && role.groupId === null && role.role === 'LEADER',
  );

export const answersForMunicipality = (actor: Actor, facts: DeskFacts): boolean =>
  actor.kind === 'staff' && facts.municipalRoles.includes('MUNICIPAL_ADMINISTRATOR');

/** Whether somebody has a list of what is to be looked into at a unit; at none: of all that goes past leaders. */
export const mayList = (actor: Actor, facts: DeskFacts, unitId: string | null): boolean =>
  (unitId !== null && leads(actor, facts, unitId)) || answersForMunicipality(actor, facts);

/** Whoever it is about finds nothing of it, whatever they are; a leader nothing that goes past leaders (SKM-04). */
export const mayAnswerFor = (
  actor: Actor,
  facts: DeskFacts,
  { unitId, isPastLeaders, isAboutViewer }: Standing,
): boolean =>
  !isAboutViewer && (isPastLeaders ? answersForMunicipality(actor, facts) : leads(actor, facts, unitId));

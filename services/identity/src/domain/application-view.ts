import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';

/** What an application for a place holds. */
export const applicationFields = [
  'CHILD',
  'WISHED_UNITS',
  'WISHED_START',
  'STATUS',
  'OFFER',
  'DECISION',
  'APPLICANT_ADDRESS',
  'APPLICANT_CONTACT',
  'EMPLOYER',
  'HOUSEHOLD_INCOME',
  'PRIORITY_GROUND',
  'PROOF',
  'NOTES',
] as const;
export type ApplicationField = (typeof applicationFields)[number];

/**
 * What the other one who holds responsibility sees of an application that they did not send (GUA-22): what it is about and what
 * becomes of it; nothing of how the applicant lives, works or is reached, nor what they wrote or proved. A list of what is
 * shown, so that a new field is hidden until somebody adds it here.
 */
const ofTheOtherHolder: readonly ApplicationField[] = [
  'CHILD',
  'WISHED_UNITS',
  'STATUS',
  'OFFER',
  'DECISION',
];

/** Whoever reads an application: with an active grant for the child, or none (GUA-01). */
export interface ApplicationReader {
  readonly personId: string;
  readonly isGuardian: boolean;
}

/** The fields of an application that somebody at home sees. Whoever is no guardian any more sees none, their own not either. */
export function fieldsFor(
  reader: ApplicationReader,
  application: { readonly applicantId: string },
): readonly ApplicationField[] {
  if (!reader.isGuardian) return [];
  return reader.personId === application.applicantId ? applicationFields : ofTheOtherHolder;
}

export type FilingRefusal = { readonly kind: 'not-a-holder' | 'other-holder-missing' };

/**
 * One who holds responsibility files it and names the other where it is joint. Who is left out for the applicant, because of
 * protection, is not asked for: to ask would tell that there is somebody (ADR-19).
 */
export function decideFiling(
  { applicantId, named }: { readonly applicantId: string; readonly named: readonly string[] },
  holders: readonly { readonly personId: string; readonly isShownToApplicant: boolean }[],
): Result<{ readonly holderIds: readonly string[] }, FilingRefusal> {
  if (!holders.some(({ personId }) => personId === applicantId)) return refuse({ kind: 'not-a-holder' });
  const others = holders.filter(
    ({ personId, isShownToApplicant }) => personId !== applicantId && isShownToApplicant,
  );
  return others.every(({ personId }) => named.includes(personId))
    ? accept({ holderIds: holders.map(({ personId }) => personId) })
    : refuse({ kind: 'other-holder-missing' });
}

/** That the other holder disagrees is for a case worker to look at. It stops nothing by itself (GUA-22). */
export const onDisagreement = { isStopped: false, goesTo: 'CASE_WORKER' } as const;

import { administrationAct } from '@ranselpost/kit/pure/administration-act';
import { type LocalDate, localDateAt } from '@ranselpost/kit/pure/dates';
import { admissionLetter } from './decision-letter.ts';

/** What was decided, in ids and numbers, as it is kept from then on. */
export type Decided = DecidedAdmission;

/** On an application when its round was published, or by an offer that was made by hand. */
export interface DecidedAdmission {
  readonly kind: 'ADMISSION' | 'OFFER';
  readonly care: 'KINDERGARTEN' | 'SFO';
  readonly outcome:
    | {
        readonly kind: 'PLACE';
        readonly wish: number | null;
        readonly startsOn: LocalDate;
        /** Null where there is nothing to answer. */
        readonly answerBy: LocalDate | null;
      }
    | { readonly kind: 'NO_PLACE' }
    | { readonly kind: 'KEEPS_PLACE' };
}

/** What the municipality says in its letters (ADM-04). */
export interface LetterRules {
  readonly municipality: string;
  readonly writtenForm: 'nb' | 'nn';
  /** The body that decides on appeals about admission, and about what a place costs. */
  readonly appealBodies: { readonly admission: string; readonly payment: string };
}

export interface LetterFacts {
  /** What the unit is called that the decision names. */
  readonly unitName: string | null;
  readonly mayAppeal: boolean;
  readonly decidedAt: Date;
}

/** The letter of a decision, in the form of Norwegian that the municipality writes. */
export function letterOf(
  { care, outcome }: Decided,
  { unitName, mayAppeal, decidedAt }: LetterFacts,
  { municipality, writtenForm, appealBodies }: LetterRules,
): string {
  const named = outcome.kind === 'PLACE' ? { ...outcome, kindergarten: unitName ?? '' } : outcome;
  return admissionLetter(
    { ...{ outcome: named, care, mayAppeal, municipality }, appealBody: appealBodies.admission },
    administrationAct(localDateAt(decidedAt)),
    writtenForm,
  );
}

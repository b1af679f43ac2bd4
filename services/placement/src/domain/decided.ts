import { administrationAct } from '@ranselpost/kit/pure/administration-act';
import { type LocalDate, localDateAt } from '@ranselpost/kit/pure/dates';
import { type AppealOutcome, appealLetter, mayAppealAgainst } from './appeal-letter.ts';
import { admissionLetter } from './decision-letter.ts';
import { type PaymentDecision, paymentLetter } from './payment-letter.ts';

/** What was decided, in ids, numbers and reasons, as it is kept from then on. */
export type Decided = DecidedAdmission | DecidedAppeal | DecidedPayment;

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

/** On an appeal, by the municipality or by the body that decides on them (BHG-17). */
export interface DecidedAppeal {
  readonly kind: 'APPEAL';
  readonly outcome: AppealOutcome;
  readonly reason: string;
}

/** On an application to pay less (PAY-10). */
export interface DecidedPayment extends Pick<PaymentDecision, 'care' | 'outcome' | 'reason'> {
  readonly kind: 'REDUCED_PAYMENT';
}

/** Whether somebody may complain about it, as far as that follows of what was decided: never twice (ADM-02). */
export const isOpenToAppeal = (decided: Decided): boolean =>
  decided.kind !== 'APPEAL' || mayAppealAgainst(decided.outcome);

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
  decided: Decided,
  { unitName, mayAppeal, decidedAt }: LetterFacts,
  { municipality, writtenForm, appealBodies }: LetterRules,
): string {
  const act = administrationAct(localDateAt(decidedAt));
  const unit = unitName ?? '';
  switch (decided.kind) {
    case 'APPEAL': {
      const letter = { ...decided, unit, municipality, appealBody: appealBodies.admission };
      return appealLetter(letter, act, writtenForm);
    }
    case 'REDUCED_PAYMENT':
      return paymentLetter({ ...decided, municipality, appealBody: appealBodies.payment }, act, writtenForm);
    case 'ADMISSION':
    case 'OFFER': {
      const { care, outcome } = decided;
      const named = outcome.kind === 'PLACE' ? { ...outcome, kindergarten: unit } : outcome;
      const letter = { outcome: named, care, mayAppeal, municipality, appealBody: appealBodies.admission };
      return admissionLetter(letter, act, writtenForm);
    }
  }
}

import type { AdministrationAct } from '@ranselpost/kit/pure/administration-act';
import { appealByLetter, insightAndHelp, isTranslation } from './letter-parts.ts';
import type { Language } from './sentence-words.ts';

/** What became of an appeal about one kindergarten, or one place after school. */
export interface AppealDecision {
  readonly outcome: AppealOutcome;
  readonly unit: string;
  /** As whoever decided wrote it, or as the body that decides on appeals did. */
  readonly reason: string;
  readonly appealBody: string;
  readonly municipality: string;
}

export type AppealOutcome =
  | 'UPHELD'
  /** The municipality stands by what was decided, and sends the appeal on (BHG-17). */
  | 'REJECTED'
  /** It came too late, and is not looked at. */
  | 'DISMISSED'
  | 'UPHELD_BY_BODY'
  | 'REJECTED_BY_BODY';

/** Against what the body that decides on appeals has decided there is no other; nor is anything decided for good by sending it there. */
export const mayAppealAgainst = (outcome: AppealOutcome): boolean => outcome === 'DISMISSED';

/**
 * What was decided on an appeal, as a family reads it: outcome, reasons, what follows of it, appeal where there is one, documents, help (BHG-17, BHG-18,
 * ADM-02). It names no child.
 */
export function appealLetter(decision: AppealDecision, act: AdministrationAct, language: Language): string {
  const { outcome, reason, appealBody, municipality } = decision;
  const { title, outcomes, because } = words[language];
  return [
    title(decision),
    ...(language === 'en' ? [isTranslation] : []),
    outcomes[outcome](decision),
    `${because}: ${reason}`,
    ...(mayAppealAgainst(outcome) ? appealByLetter[language]({ body: appealBody, municipality }, act) : []),
    insightAndHelp[language](act),
  ].join('\n\n');
}

interface Words {
  readonly title: (decision: AppealDecision) => string;
  readonly because: string;
  readonly outcomes: Readonly<Record<AppealOutcome, (decision: AppealDecision) => string>>;
}

const words: Readonly<Record<Language, Words>> = {
  nb: {
    title: ({ unit }) => `Svar på klagen om plass i ${unit}`,
    because: 'Begrunnelse',
    outcomes: {
      UPHELD: ({ municipality, unit }) =>
        `${municipality} har gitt medhold i klagen. Barnet får den neste ledige plassen i ${unit}, etter barn med rett til prioritet etter loven. Ingen andre mister plassen sin.`,
      REJECTED: ({ municipality, appealBody }) =>
        `${municipality} har vurdert klagen og endrer ikke vedtaket. Klagen blir sendt til ${appealBody}, som avgjør den. Du trenger ikke gjøre noe.`,
      DISMISSED: () => 'Klagen kom etter fristen og blir ikke behandlet.',
      UPHELD_BY_BODY: ({ appealBody, unit }) =>
        `${appealBody} har gitt medhold i klagen. Barnet får den neste ledige plassen i ${unit}, etter barn med rett til prioritet etter loven. Ingen andre mister plassen sin.`,
      REJECTED_BY_BODY: ({ appealBody }) =>
        `${appealBody} har ikke gitt medhold i klagen. Vedtaket står, og det kan ikke klages på det en gang til.`,
    },
  },
  nn: {
    title: ({ unit }) => `Svar på klaga om plass i ${unit}`,
    because: 'Grunngiving',
    outcomes: {
      UPHELD: ({ municipality, unit }) =>
        `${municipality} har gitt medhald i klaga. Barnet får den neste ledige plassen i ${unit}, etter barn med rett til prioritet etter lova. Ingen andre mistar plassen sin.`,
      REJECTED: ({ municipality, appealBody }) =>
        `${municipality} har vurdert klaga og endrar ikkje vedtaket. Klaga blir send til ${appealBody}, som avgjer ho. Du treng ikkje gjere noko.`,
      DISMISSED: () => 'Klaga kom etter fristen og blir ikkje behandla.',
      UPHELD_BY_BODY: ({ appealBody, unit }) =>
        `${appealBody} har gitt medhald i klaga. Barnet får den neste ledige plassen i ${unit}, etter barn med rett til prioritet etter lova. Ingen andre mistar plassen sin.`,
      REJECTED_BY_BODY: ({ appealBody }) =>
        `${appealBody} har ikkje gitt medhald i klaga. Vedtaket står, og det kan ikkje klagast på det ein gong til.`,
    },
  },
  en: {
    title: ({ unit }) => `Answer to the appeal about a place at ${unit}`,
    because: 'Reasons',
    outcomes: {
      UPHELD: ({ municipality, unit }) =>
        `${municipality} has upheld the appeal. The child gets the next vacant place at ${unit}, after children who come first by law. Nobody else loses a place.`,
      REJECTED: ({ municipality, appealBody }) =>
        `${municipality} has looked at the appeal and does not change the decision. The appeal is sent to ${appealBody}, which decides on it. You need not do anything.`,
      DISMISSED: () => 'The appeal came after the deadline and is not looked at.',
      UPHELD_BY_BODY: ({ appealBody, unit }) =>
        `${appealBody} has upheld the appeal. The child gets the next vacant place at ${unit}, after children who come first by law. Nobody else loses a place.`,
      REJECTED_BY_BODY: ({ appealBody }) =>
        `${appealBody} has not upheld the appeal. The decision stands, and there is no other appeal against it.`,
    },
  },
};

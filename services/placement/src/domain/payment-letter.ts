import type { AdministrationAct } from '@ranselpost/kit/pure/administration-act';
import { appealByLetter, insightAndHelp, isTranslation } from './letter-parts.ts';
import type { ReducedMonths } from './reduced-payment.ts';
import type { Language } from './sentence-words.ts';

/** What was decided for a household that applied to pay less. */
export interface PaymentDecision {
  readonly care: 'KINDERGARTEN' | 'SFO';
  readonly outcome:
    | { readonly kind: 'GRANTED'; readonly countedIncome: number; readonly months: ReducedMonths }
    | { readonly kind: 'REFUSED' };
  readonly reason: string | null;
  readonly appealBody: string;
  readonly municipality: string;
}

/**
 * The decision on reduced payment as whoever applied reads it: outcome with the income that counts and the months, reasons or the right to them, appeal
 * with body and time, documents, help (PAY-10, ADM-02). It names no child.
 */
export function paymentLetter(decision: PaymentDecision, act: AdministrationAct, language: Language): string {
  const { reason, appealBody, municipality } = decision;
  const { title, outcome, reasons, mayAsk } = words[language];
  return [
    title[decision.care],
    ...(language === 'en' ? [isTranslation] : []),
    outcome(decision.outcome),
    reason === null ? mayAsk(act) : `${reasons}: ${reason}`,
    ...appealByLetter[language]({ body: appealBody, municipality }, act),
    insightAndHelp[language](act),
  ].join('\n\n');
}

interface Words {
  readonly title: Readonly<Record<PaymentDecision['care'], string>>;
  readonly outcome: (outcome: PaymentDecision['outcome']) => string;
  readonly reasons: string;
  readonly mayAsk: (act: AdministrationAct) => string;
}

/** `08.2027`, as bills have it. */
const month = (one: string): string => one.split('-').toReversed().join('.');
const kroner = (amount: number): string => String(amount).replaceAll(/\B(?=(\d{3})+$)/g, ' ');

const words: Readonly<Record<Language, Words>> = {
  nb: {
    title: {
      KINDERGARTEN: 'Vedtak om redusert foreldrebetaling i barnehage',
      SFO: 'Vedtak om redusert foreldrebetaling i skolefritidsordningen',
    },
    outcome: (outcome) =>
      outcome.kind === 'REFUSED'
        ? 'Søknaden er avslått. Husholdningen betaler full pris.'
        : `Søknaden er innvilget fra ${month(outcome.months.first)} til og med ${month(outcome.months.last)}, etter en inntekt på ${kroner(outcome.countedIncome)} kroner i året.`,
    reasons: 'Begrunnelse',
    mayAsk: (act) => `Du kan be om en skriftlig begrunnelse for vedtaket (forvaltningsloven ${act.reasons}).`,
  },
  nn: {
    title: {
      KINDERGARTEN: 'Vedtak om redusert foreldrebetaling i barnehage',
      SFO: 'Vedtak om redusert foreldrebetaling i skulefritidsordninga',
    },
    outcome: (outcome) =>
      outcome.kind === 'REFUSED'
        ? 'Søknaden er avslått. Hushaldet betaler full pris.'
        : `Søknaden er innvilga frå ${month(outcome.months.first)} til og med ${month(outcome.months.last)}, etter ei inntekt på ${kroner(outcome.countedIncome)} kroner i året.`,
    reasons: 'Grunngiving',
    mayAsk: (act) => `Du kan be om ei skriftleg grunngiving for vedtaket (forvaltningslova ${act.reasons}).`,
  },
  en: {
    title: {
      KINDERGARTEN: 'Decision on reduced payment in kindergarten',
      SFO: 'Decision on reduced payment in after-school care',
    },
    outcome: (outcome) =>
      outcome.kind === 'REFUSED'
        ? 'The application is refused. The household pays the full price.'
        : `The application is granted from ${month(outcome.months.first)} until and with ${month(outcome.months.last)}, by an income of ${kroner(outcome.countedIncome)} kroner a year.`,
    reasons: 'Reasons',
    mayAsk: (act) => `You may ask for written reasons (Public Administration Act ${act.reasons}).`,
  },
};

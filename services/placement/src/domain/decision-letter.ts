import type { AdministrationAct } from '@ranselpost/kit/pure/administration-act';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { inEnglish, insightAndHelp, isTranslation, written } from './letter-parts.ts';
import type { Language } from './sentence-words.ts';

/** What is decided on an application in a round. */
export interface AdmissionDecision {
  readonly outcome:
    | {
        readonly kind: 'PLACE';
        readonly kindergarten: string;
        /** Null for a place that was not wished for. */
        readonly wish: number | null;
        readonly startsOn: LocalDate;
        /** The last day to answer the offer; null for whoever asked for another place than their own: it is theirs. */
        readonly answerBy: LocalDate | null;
      }
    | { readonly kind: 'NO_PLACE' }
    /** No other one than the child has. */
    | { readonly kind: 'KEEPS_PLACE' };
  readonly care: 'KINDERGARTEN' | 'SFO';
  readonly mayAppeal: boolean;
  /** The body that decides on appeals (ADM-04), and where an appeal is sent (BHG-17). */
  readonly appealBody: string;
  readonly municipality: string;
}

/**
 * The decision as a family reads it: outcome with the number of the wish, right to reasons, appeal with body, time and place, documents,
 * help (BHG-15, ADM-02). It names no child. The decision is in Norwegian; in English it is an aid, and says so (LANG-05).
 */
export function admissionLetter(
  decision: AdmissionDecision,
  act: AdministrationAct,
  language: Language,
): string {
  return letters[language](decision, act).join('\n\n');
}

type Letter = (decision: AdmissionDecision, act: AdministrationAct) => readonly string[];

const letters: Readonly<Record<Language, Letter>> = {
  nb: ({ outcome, care, mayAppeal, appealBody, municipality }, act) => [
    care === 'SFO'
      ? 'Vedtak om plass i skolefritidsordningen'
      : 'Vedtak om opptak i barnehage etter barnehageloven §§ 16 til 18',
    ...(outcome.kind === 'PLACE'
      ? [
          `Barnet får tilbud om plass i ${outcome.kindergarten} fra ${written(outcome.startsOn)}. ${outcome.wish === null ? 'Det er ikke blant ønskene i søknaden.' : `Det er ønske nummer ${outcome.wish}.`}`,
          outcome.answerBy === null
            ? 'Dere har søkt om å bytte plass. Plassen er barnets uten at dere svarer, og den som barnet har, opphører samme dag.'
            : `Svar på tilbudet senest ${written(outcome.answerBy)}.`,
        ]
      : [
          outcome.kind === 'NO_PLACE'
            ? 'Barnet får ikke tilbud om plass i dette opptaket.'
            : 'Barnet beholder plassen som det har, og får ikke tilbud om en annen i dette opptaket.',
        ]),
    `Du kan be om en skriftlig begrunnelse for vedtaket (forvaltningsloven ${act.reasons}).`,
    ...(mayAppeal
      ? [
          `Slik kan du klage (forvaltningsloven ${act.complaint})`,
          `Du kan klage til ${appealBody}. Fristen er ${act.complaintWeeks} uker fra du mottok vedtaket. Klagen skriver du ved vedtaket i portalen eller i et brev til ${municipality}, ${care === 'SFO' ? 'som sender den videre hvis vedtaket ikke blir endret' : 'som legger den fram for barnehagens eier og sender den videre hvis vedtaket ikke blir endret'}.`,
        ]
      : ['Reglene om opptak gir ikke rett til å klage på dette vedtaket.']),
    insightAndHelp.nb(act),
  ],
  nn: ({ outcome, care, mayAppeal, appealBody, municipality }, act) => [
    care === 'SFO'
      ? 'Vedtak om plass i skulefritidsordninga'
      : 'Vedtak om opptak i barnehage etter barnehagelova §§ 16 til 18',
    ...(outcome.kind === 'PLACE'
      ? [
          `Barnet får tilbod om plass i ${outcome.kindergarten} frå ${written(outcome.startsOn)}. ${outcome.wish === null ? 'Det er ikkje blant ønska i søknaden.' : `Det er ønske nummer ${outcome.wish}.`}`,
          outcome.answerBy === null
            ? 'De har søkt om å byte plass. Plassen er barnet sin utan at de svarer, og den som barnet har, tek slutt same dag.'
            : `Svar på tilbodet seinast ${written(outcome.answerBy)}.`,
        ]
      : [
          outcome.kind === 'NO_PLACE'
            ? 'Barnet får ikkje tilbod om plass i dette opptaket.'
            : 'Barnet beheld plassen som det har, og får ikkje tilbod om ein annan i dette opptaket.',
        ]),
    `Du kan be om ei skriftleg grunngiving for vedtaket (forvaltningslova ${act.reasons}).`,
    ...(mayAppeal
      ? [
          `Slik kan du klage (forvaltningslova ${act.complaint})`,
          `Du kan klage til ${appealBody}. Fristen er ${act.complaintWeeks} veker frå du fekk vedtaket. Klaga skriv du ved vedtaket i portalen eller i eit brev til ${municipality}, ${care === 'SFO' ? 'som sender ho vidare dersom vedtaket ikkje blir endra' : 'som legg ho fram for eigaren av barnehagen og sender ho vidare dersom vedtaket ikkje blir endra'}.`,
        ]
      : ['Reglane om opptak gir ikkje rett til å klage på dette vedtaket.']),
    insightAndHelp.nn(act),
  ],
  en: ({ outcome, care, mayAppeal, appealBody, municipality }, act) => [
    care === 'SFO'
      ? 'Decision on a place in after-school care'
      : 'Decision on admission to kindergarten, Kindergarten Act §§ 16 to 18',
    isTranslation,
    ...(outcome.kind === 'PLACE'
      ? [
          `The child is offered a place at ${outcome.kindergarten} from ${written(outcome.startsOn)}. ${outcome.wish === null ? 'It is not among the wishes of the application.' : `It is wish number ${outcome.wish}.`}`,
          outcome.answerBy === null
            ? 'You asked for another place. It is the child’s without an answer, and the one that the child has ends on that day.'
            : `Answer the offer by ${written(outcome.answerBy)}.`,
        ]
      : [
          outcome.kind === 'NO_PLACE'
            ? 'The child is not offered a place in this admission.'
            : 'The child keeps the place that it has, and is not offered another one in this admission.',
        ]),
    `You may ask for written reasons (Public Administration Act ${inEnglish(act.reasons)}).`,
    ...(mayAppeal
      ? [
          `How to appeal (Public Administration Act ${inEnglish(act.complaint)})`,
          `You may appeal to ${appealBody}. You have ${act.complaintWeeks} weeks from when you received the decision. Write the appeal beside the decision in the portal or in a letter to ${municipality}, ${care === 'SFO' ? 'which sends it on if the decision is not changed' : 'which lays it before the owner of the kindergarten and sends it on if the decision is not changed'}.`,
        ]
      : ['The rules on admission give no right to appeal against this decision.']),
    insightAndHelp.en(act),
  ],
};

import type { AdministrationAct } from '@ranselpost/kit/pure/administration-act';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import type { Language } from './sentence-words.ts';

/** `1.8.2027`, as letters have it. */
export const written = (day: LocalDate): string => {
  const [year, month, date] = day.split('-').map(Number);
  return `${date}.${month}.${year}`;
};

export const inEnglish = (paragraphs: string): string => paragraphs.replace(' og ', ' and ');

/** A letter in English is an aid (LANG-05). */
export const isTranslation = 'This is a translation. The decision in Norwegian is the one that counts.';

type Part = Readonly<Record<Language, (act: AdministrationAct) => string>>;

/** That a party may see the documents of the case, and is helped (ADM-02). */
export const insightAndHelp: Part = {
  nb: (act) =>
    `Du kan be om å få se sakens dokumenter (forvaltningsloven ${act.documents}). Kommunen hjelper deg hvis du ber om det (${act.guidance}).`,
  nn: (act) =>
    `Du kan be om å få sjå dokumenta i saka (forvaltningslova ${act.documents}). Kommunen hjelper deg dersom du ber om det (${act.guidance}).`,
  en: (act) =>
    `You may ask to see the documents of the case (Public Administration Act ${inEnglish(act.documents)}). The municipality helps you if you ask (${act.guidance}).`,
};

/** How to appeal by letter: where to, until when, to whom (ADM-02, ADM-03). */
export const appealByLetter: Readonly<
  Record<
    Language,
    (
      to: { readonly body: string; readonly municipality: string },
      act: AdministrationAct,
    ) => readonly string[]
  >
> = {
  nb: ({ body, municipality }, act) => [
    `Slik kan du klage (forvaltningsloven ${act.complaint})`,
    `Du kan klage til ${body}. Fristen er ${act.complaintWeeks} uker fra du mottok vedtaket. Klagen sender du til ${municipality}, som sender den videre hvis vedtaket ikke blir endret.`,
  ],
  nn: ({ body, municipality }, act) => [
    `Slik kan du klage (forvaltningslova ${act.complaint})`,
    `Du kan klage til ${body}. Fristen er ${act.complaintWeeks} veker frå du fekk vedtaket. Klaga sender du til ${municipality}, som sender ho vidare dersom vedtaket ikkje blir endra.`,
  ],
  en: ({ body, municipality }, act) => [
    `How to appeal (Public Administration Act ${inEnglish(act.complaint)})`,
    `You may appeal to ${body}. You have ${act.complaintWeeks} weeks from when you received the decision. Send the appeal to ${municipality}, which sends it on if the decision is not changed.`,
  ],
};

import type { RefusalCode } from './generated/types.ts';

export type Language = 'nb' | 'nn' | 'en';

/** What a refusal says, in plain words. Says nothing of who reported first, or of any other child or unit (ADR-11). */
const texts: Readonly<Record<RefusalCode, Readonly<Record<Language, string>>>> = {
  ABSENCE_DAY_PAST: {
    nb: 'Dagen er over. Ta kontakt med enheten hvis noe må rettes.',
    nn: 'Dagen er over. Ta kontakt med eininga dersom noko må rettast.',
    en: 'That day is over. Contact the unit if something has to be corrected.',
  },
  ABSENCE_UNIT_WRONG: {
    nb: 'Barnet hører ikke til denne enheten den dagen.',
    nn: 'Barnet høyrer ikkje til denne eininga den dagen.',
    en: 'The child does not belong to this unit on that day.',
  },
  FEATURE_CLOSED: {
    nb: 'Fravær kan ikke meldes her nå. Ta kontakt med enheten på en annen måte.',
    nn: 'Fråvær kan ikkje meldast her no. Ta kontakt med eininga på ein annan måte.',
    en: 'Absence cannot be reported here at the moment. Contact the unit in another way.',
  },
  ABSENCE_ALREADY_REPORTED: {
    nb: 'Barnet er allerede meldt borte fra denne enheten den dagen.',
    nn: 'Barnet er alt meldt borte frå denne eininga den dagen.',
    en: 'The child is already reported absent from this unit on that day.',
  },
};

/** Bokmål until the viewer's language comes with the request. */
export const textOf = (code: RefusalCode, language: Language = 'nb'): string => texts[code][language];

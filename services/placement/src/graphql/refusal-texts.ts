import type { RefusalCode } from './generated/types.ts';

type Language = 'nb' | 'nn' | 'en';

/** What a refusal says, in plain words. */
const texts: Readonly<Record<RefusalCode, Readonly<Record<Language, string>>>> = {
  STATUTES_UNIT_WRONG: {
    nb: 'Det er ikke opptak til denne enheten.',
    nn: 'Det er ikkje opptak til denne eininga.',
    en: 'Nobody is admitted to this unit.',
  },
  STATUTES_DAY_WRONG: {
    nb: 'Vedtektene kan ikke gjelde fra en dag som er over, eller fra før de som blir erstattet.',
    nn: 'Vedtektene kan ikkje gjelde frå ein dag som er over, eller frå før dei som blir erstatta.',
    en: 'The statutes cannot be in force from a day that is over, or from before those that they replace.',
  },
  E_NO_LAW18_FIRST: {
    nb: 'Barn med prioritet etter barnehageloven § 18 må være den første gruppen.',
    nn: 'Barn med prioritet etter barnehagelova § 18 må vere den første gruppa.',
    en: 'Children who come first under the Kindergarten Act § 18 have to be the first group.',
  },
  E_FORMAT: {
    nb: 'Regelen kan ikke brukes slik den er skrevet.',
    nn: 'Regelen kan ikkje brukast slik han er skriven.',
    en: 'The rule cannot be used as it is written.',
  },
  PRICE_LIST_MISSING: {
    nb: 'Kommunen har ingen priser for en av månedene.',
    nn: 'Kommunen har ingen prisar for ein av månadene.',
    en: 'The municipality has no prices for one of the months.',
  },
  PRICE_HOURS_WRONG: {
    nb: 'Det finnes ingen plass med så mange timer i uken.',
    nn: 'Det finst ingen plass med så mange timar i veka.',
    en: 'There is no place with so many hours a week.',
  },
  FEATURE_CLOSED: {
    nb: 'Dette er ikke åpnet hos enheten, eller det er stengt for tiden.',
    nn: 'Dette er ikkje opna hos eininga, eller det er stengt for tida.',
    en: 'This is not open at the unit, or has been stopped for now.',
  },
};

/** Bokmål until the viewer's language comes with the request. */
const textOf = (code: RefusalCode, language: Language = 'nb'): string => texts[code][language];

/** The fields that every refusal has. */
export const said = <Code extends RefusalCode>(
  code: Code,
): { readonly code: Code; readonly message: string } => ({
  code,
  message: textOf(code),
});

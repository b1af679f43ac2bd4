import { allocationTexts } from './allocation-texts.ts';
import { appealTexts } from './appeal-texts.ts';
import { applicationTexts } from './application-texts.ts';
import { claimTexts } from './claim-texts.ts';
import type { RefusalCode } from './generated/types.ts';
import { offerTexts } from './offer-texts.ts';
import { reducedPaymentTexts } from './reduced-payment-texts.ts';
import { reportTexts } from './report-texts.ts';

type Language = 'nb' | 'nn' | 'en';

/** What a refusal says, in plain words. */
const texts: Readonly<Record<RefusalCode, Readonly<Record<Language, string>>>> = {
  ...allocationTexts,
  ...appealTexts,
  ...applicationTexts,
  ...claimTexts,
  ...offerTexts,
  ...reducedPaymentTexts,
  ...reportTexts,
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
    nb: 'Det kan ikke brukes slik det er skrevet.',
    nn: 'Det kan ikkje brukast slik det er skrive.',
    en: 'It cannot be used as it is written.',
  },
  E_STATE: {
    nb: 'Det er ikke mulig slik det står nå.',
    nn: 'Det er ikkje mogleg slik det står no.',
    en: 'That is not possible as things stand.',
  },
  E_NO_REASON: {
    nb: 'Det må begrunnes.',
    nn: 'Det må grunngjevast.',
    en: 'A reason is needed.',
  },
  E_NO_APPROVER: {
    nb: 'Det må godkjennes av noen andre enn den som foreslo det.',
    nn: 'Det må godkjennast av nokon andre enn den som foreslo det.',
    en: 'Somebody else than who proposed it has to approve it.',
  },
  E_BAD_GRACE: {
    nb: 'Fristen kan bare bli lengre enn den er, og bare der det er en frist.',
    nn: 'Fristen kan berre bli lengre enn han er, og berre der det er ein frist.',
    en: 'More time can be given where there is a deadline, and never less.',
  },
  E_BEFORE_DEADLINE: {
    nb: 'Søknadsfristen er ikke ute.',
    nn: 'Søknadsfristen er ikkje ute.',
    en: 'The deadline is not over yet.',
  },
  E_DEADLINE: {
    nb: 'Søknadsfristen er ute.',
    nn: 'Søknadsfristen er ute.',
    en: 'The deadline is over.',
  },
  E_NO_DEADLINE: {
    nb: 'Opptaket må ha en søknadsfrist.',
    nn: 'Opptaket må ha ein søknadsfrist.',
    en: 'The round needs a deadline.',
  },
  E_NO_UNITS: {
    nb: 'Ingen enheter er med i opptaket.',
    nn: 'Ingen einingar er med i opptaket.',
    en: 'No unit takes part in the round.',
  },
  E_NO_STATUTES: {
    nb: 'Noen enheter mangler vedtekter som gjelder.',
    nn: 'Nokre einingar manglar vedtekter som gjeld.',
    en: 'Some units have no statutes that are in force.',
  },
  E_NO_SEATS: {
    nb: 'Det er ikke bestemt hvor mange plasser noen enheter har.',
    nn: 'Det er ikkje bestemt kor mange plassar nokre einingar har.',
    en: 'It is not decided how many seats some units have.',
  },
  E_UNKNOWN_K: {
    nb: 'Enheten kan ikke være med i et slikt opptak, eller er ikke med i det.',
    nn: 'Eininga kan ikkje vere med i eit slikt opptak, eller er ikkje med i det.',
    en: 'The unit cannot take part in such a round, or does not.',
  },
  E_BAD_GROUP: {
    nb: 'Opptaket har ikke denne aldersgruppen.',
    nn: 'Opptaket har ikkje denne aldersgruppa.',
    en: 'The round has no such age group.',
  },
  E_BAD_SEATS: {
    nb: 'Antallet plasser er ikke mulig, eller flere er holdt av enn det er.',
    nn: 'Talet på plassar er ikkje mogleg, eller fleire er haldne av enn det er.',
    en: 'The number of seats is not possible, or more are held than there are.',
  },
  E_DUP_ID: {
    nb: 'To heter det samme.',
    nn: 'To heiter det same.',
    en: 'Two are called the same.',
  },
  E_NOT_PUBLISHABLE: {
    nb: 'Noe må ordnes før resultatet kan publiseres.',
    nn: 'Noko må ordnast før resultatet kan publiserast.',
    en: 'Something has to be settled before the result can be published.',
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

import type { RefusalCode } from './generated/types.ts';

export type TextLanguage = 'nb' | 'nn' | 'en';

/** What a refusal says, in plain words. Says nothing of any child, or of anybody but whoever reads it (GUA-20). */
const texts: Readonly<Record<RefusalCode, Readonly<Record<TextLanguage, string>>>> = {
  FEATURE_OPENING_DAY_PAST: {
    nb: 'Dagen er ikke en dag som kommer.',
    nn: 'Dagen er ikkje ein dag som kjem.',
    en: 'The day is no day to come.',
  },
  FEATURE_OPENING_DAY_UNWISE: {
    nb: 'Ingenting bør åpne på en fredag, på en helligdag eller dagen før en. Skriv hvorfor det må være denne dagen, og be om det.',
    nn: 'Ingenting bør opne på ein fredag, på ein heilagdag eller dagen før ein. Skriv kvifor det må vere denne dagen, og be om det.',
    en: 'Nothing should open on a Friday, on a holiday or on the day before one. Say why it has to be this day, and insist.',
  },
  FEATURE_NOT_TURNED_ON: {
    nb: 'Kommunen har ikke slått dette på hos enheten.',
    nn: 'Kommunen har ikkje slått dette på hos eininga.',
    en: 'The municipality has not turned this on at the unit.',
  },
  FEATURE_STOPPED_ABOVE: {
    nb: 'Kommunen har stanset dette. Enheten kan ikke starte det igjen selv.',
    nn: 'Kommunen har stansa dette. Eininga kan ikkje starte det igjen sjølv.',
    en: 'The municipality has stopped this. The unit cannot start it again by itself.',
  },
  FEATURE_OPENING_NOT_PLANNED: {
    nb: 'Det er ingen planlagt åpning å avlyse.',
    nn: 'Det er inga planlagd opning å avlyse.',
    en: 'There is no planned opening to call off.',
  },
  INFORMATION_TOO_MANY_REQUESTS: {
    nb: 'Du har så mange spørsmål hos oss nå som én person kan ha. Vent til noen av dem er besvart.',
    nn: 'Du har så mange spørsmål hos oss no som éin person kan ha. Vent til nokre av dei er svara på.',
    en: 'You have as many questions with us now as one person can have. Wait until some are answered.',
  },
  INFORMATION_ALREADY_DECIDED: {
    nb: 'Spørsmålet er avgjort. Du kan åpne avgjørelsen.',
    nn: 'Spørsmålet er avgjort. Du kan opne avgjerda.',
    en: 'The question has been decided. You can open the decision.',
  },
  INFORMATION_NOT_DECIDED: {
    nb: 'Det er ingen avgjørelse å åpne ennå.',
    nn: 'Det er inga avgjerd å opne enno.',
    en: 'There is no decision to open yet.',
  },
  INFORMATION_ANSWER_GONE: {
    nb: 'Svaret kan leses én gang, og innen fristen. Det finnes ikke lenger her.',
    nn: 'Svaret kan lesast éin gong, og innan fristen. Det finst ikkje lenger her.',
    en: 'The answer can be read once, and within its time. It is no longer here.',
  },
  INFORMATION_NOTHING_REFUSED: {
    nb: 'Det er ikke noe avslag å klage på.',
    nn: 'Det er ikkje noko avslag å klage på.',
    en: 'There is no refusal to complain about.',
  },
  INFORMATION_ALREADY_COMPLAINED: {
    nb: 'Klagen din er allerede mottatt.',
    nn: 'Klaga di er alt motteken.',
    en: 'Your complaint has been received already.',
  },
  INFORMATION_CHILD_NOT_MEANT: {
    nb: 'Barnet er ikke et av dem henvendelsen kan gjelde.',
    nn: 'Barnet er ikkje eitt av dei førespurnaden kan gjelde.',
    en: 'The child is none of those whom the request may mean.',
  },
  INFORMATION_NOT_CHECKED: {
    nb: 'Henvendelsen må kontrolleres først.',
    nn: 'Førespurnaden må kontrollerast først.',
    en: 'The request has to be checked first.',
  },
  INFORMATION_NOT_CARRIED: {
    nb: 'Det som ble funnet ved kontrollen, gir ikke grunnlag for dette.',
    nn: 'Det som vart funne ved kontrollen, gir ikkje grunnlag for dette.',
    en: 'What was found at the check does not carry this.',
  },
  INFORMATION_REVEALS_PLACE: {
    nb: 'Teksten navngir et sted. Skriv den slik at ingen kan se hvor barnet er.',
    nn: 'Teksten namngir ein stad. Skriv han slik at ingen kan sjå kvar barnet er.',
    en: 'The text names a place. Write it so that nobody can see where the child is.',
  },
  INFORMATION_NOTHING_WRITTEN: {
    nb: 'Det er ikke skrevet noe som kan sendes.',
    nn: 'Det er ikkje skrive noko som kan sendast.',
    en: 'Nothing has been written that could be released.',
  },
  INFORMATION_SECOND_PERSON_NEEDED: {
    nb: 'En annen enn den som skrev, må godkjenne dette.',
    nn: 'Ein annan enn den som skreiv, må godkjenne dette.',
    en: 'Somebody other than the writer has to approve this.',
  },
};

/** Bokmål until the viewer's language comes with the request. */
export const textOf = (code: RefusalCode, language: TextLanguage = 'nb'): string => texts[code][language];

/** The two fields of every refusal. */
export const refusalOf = <Code extends RefusalCode>(code: Code, language?: TextLanguage) => ({
  code,
  message: textOf(code, language),
});

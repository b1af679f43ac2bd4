import type { RefusalCode } from './generated/types.ts';

export type TextLanguage = 'nb' | 'nn' | 'en';

/** What a refusal says, in plain words. Says nothing of any child, or of anybody but whoever reads it (GUA-20). */
const texts: Readonly<Record<RefusalCode, Readonly<Record<TextLanguage, string>>>> = {
  APPLICATIONS_CLOSED: {
    nb: 'Det går ikke an å søke plass her nå. Ring kommunen om det haster.',
    nn: 'Det går ikkje an å søkje plass her no. Ring kommunen om det hastar.',
    en: 'Nobody can apply for a place here now. Call the municipality if it is urgent.',
  },
  RETENTION_HOLD_STANDS: {
    nb: 'Personen er allerede holdt tilbake fra sletting av denne grunnen.',
    nn: 'Personen er alt halden tilbake frå sletting av denne grunnen.',
    en: 'The person is kept from being erased for this already.',
  },
  RETENTION_HOLD_REASON_MISSING: {
    nb: 'Skriv hvorfor.',
    nn: 'Skriv kvifor.',
    en: 'Say why.',
  },
  RETENTION_HOLD_REVIEW_INVALID: {
    nb: 'Velg en dag som kommer, innen et år, for å se på dette igjen.',
    nn: 'Vel ein dag som kjem, innan eit år, for å sjå på dette igjen.',
    en: 'Choose a day to come, within a year, to look at this again.',
  },
  RETENTION_HOLD_LIFTED: {
    nb: 'Dette er allerede opphevet.',
    nn: 'Dette er alt oppheva.',
    en: 'This was lifted before.',
  },
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
  SETTINGS_NOTICE_OBLIGATORY: {
    nb: 'Dette må du kunne få beskjed om på e-post og SMS. Det kan ikke slås av.',
    nn: 'Dette må du kunne få melding om på e-post og SMS. Det kan ikkje slåast av.',
    en: 'You have to be told of this by e-mail and text message. It cannot be switched off.',
  },
  PROPOSAL_STANDS: {
    nb: 'Det samme er allerede foreslått og venter på en avgjørelse.',
    nn: 'Det same er alt føreslått og ventar på ei avgjerd.',
    en: 'The same has been proposed already and waits to be decided.',
  },
  DECISION_NOT_YOURS: {
    nb: 'Dette avgjøres av noen med en annen rolle.',
    nn: 'Dette blir avgjort av nokon med ei anna rolle.',
    en: 'Somebody in another role decides this.',
  },
  DECISION_REASON_MISSING: {
    nb: 'Skriv begrunnelsen, eller hvilken dokumentasjon du har sett.',
    nn: 'Skriv grunngivinga, eller kva dokumentasjon du har sett.',
    en: 'Write the reason, or the proof that you have seen.',
  },
  DECISION_OUTDATED: {
    nb: 'Saken har endret seg siden det ble foreslått. Se på den på nytt, og foreslå igjen.',
    nn: 'Saka har endra seg sidan det vart føreslått. Sjå på ho på nytt, og føreslå igjen.',
    en: 'The case has changed since it was proposed. Look at it again, and propose anew.',
  },
  PROPOSAL_OWN: {
    nb: 'Den som har foreslått noe, kan ikke godkjenne det selv.',
    nn: 'Den som har føreslått noko, kan ikkje godkjenne det sjølv.',
    en: 'Whoever proposed something cannot approve it.',
  },
  PROPOSAL_DECIDED: {
    nb: 'Forslaget er allerede avgjort.',
    nn: 'Framlegget er alt avgjort.',
    en: 'The proposal was decided before.',
  },
  PROPOSAL_EXPIRED: {
    nb: 'Fristen for å avgjøre forslaget er ute.',
    nn: 'Fristen for å avgjere framlegget er ute.',
    en: 'The time to decide the proposal is over.',
  },
  PROPOSER_ROLE_ENDED: {
    nb: 'Den som foreslo dette, har ikke lenger rollen som trengs. En annen må foreslå det.',
    nn: 'Den som føreslo dette, har ikkje lenger rolla som trengst. Ein annan må føreslå det.',
    en: 'Whoever proposed this does not hold the role for it any more. Somebody else has to propose it.',
  },
  GRANT_NOT_HELD: {
    nb: 'Det er ingenting som holdes tilbake her.',
    nn: 'Det er ingenting som blir halde tilbake her.',
    en: 'Nothing is held here.',
  },
  GRANT_CANNOT_BE_LET_THROUGH: {
    nb: 'Dette kan ikke bekreftes: en begrensning gjelder, eller registeret har ikke svart.',
    nn: 'Dette kan ikkje stadfestast: ei avgrensing gjeld, eller registeret har ikkje svara.',
    en: 'This cannot be let through: a restriction is in force, or the register has not answered.',
  },
  PERSON_UNKNOWN: {
    nb: 'Personen har ikke, og har ikke hatt, noe med barnet å gjøre.',
    nn: 'Personen har ikkje, og har ikkje hatt, noko med barnet å gjere.',
    en: 'The person has nothing to do with the child, now or before.',
  },
  PERSON_RESTRICTED: {
    nb: 'En begrensning gjelder for denne personen.',
    nn: 'Ei avgrensing gjeld for denne personen.',
    en: 'A restriction is in force about this person.',
  },
  NUMBER_NOT_ACCEPTED: {
    nb: 'Nummeret er ikke et gyldig fødselsnummer eller D-nummer.',
    nn: 'Nummeret er ikkje eit gyldig fødselsnummer eller D-nummer.',
    en: 'The number is no valid national number or D-number.',
  },
  DECISION_FOR_ONESELF: {
    nb: 'Ingen avgjør noe for seg selv.',
    nn: 'Ingen avgjer noko for seg sjølv.',
    en: 'Nobody decides anything for themself.',
  },
  GRANT_END_INVALID: {
    nb: 'Tilgangen må slutte på en dag som kommer, innen nitti dager, og ikke etter barnets attenårsdag.',
    nn: 'Tilgangen må slutte på ein dag som kjem, innan nitti dagar, og ikkje etter attenårsdagen til barnet.',
    en: 'Access has to end on a day to come, within ninety days, and not after the child’s eighteenth birthday.',
  },
  REGISTER_SETTLES: {
    nb: 'Folkeregisteret sier hvem som har foreldreansvaret. Dokumenter går ikke foran det.',
    nn: 'Folkeregisteret seier kven som har foreldreansvaret. Dokument går ikkje føre det.',
    en: 'The population register says who holds the responsibility. Documents do not stand against it.',
  },
  CARE_ORDER_MISSING: {
    nb: 'Det er ikke registrert noen omsorgsovertakelse for barnet.',
    nn: 'Det er ikkje registrert noka omsorgsovertaking for barnet.',
    en: 'No care order is in force for the child.',
  },
  RESTRICTION_REVIEW_INVALID: {
    nb: 'Dagen for ny vurdering må komme innen et år.',
    nn: 'Dagen for ny vurdering må kome innan eit år.',
    en: 'The day of review has to come within a year.',
  },
  RESTRICTION_INCOHERENT: {
    nb: 'Type, myndighet og person passer ikke sammen.',
    nn: 'Type, styresmakt og person passar ikkje saman.',
    en: 'Kind, authority and person do not go together.',
  },
  RESTRICTION_LIFTED: {
    nb: 'Begrensningen er allerede opphevet.',
    nn: 'Avgrensinga er alt oppheva.',
    en: 'The restriction was lifted before.',
  },
  CHILD_NOT_PROTECTED: {
    nb: 'Barnet har ikke adressebeskyttelse. De som har ansvar for barnet, ser det.',
    nn: 'Barnet har ikkje adressevern. Dei som har ansvar for barnet, ser det.',
    en: 'The child is not protected. Whoever has it in their charge sees it.',
  },
  NAMING_DAYS_INVALID: {
    nb: 'Dagene er over, slutter før de begynner, eller er mer enn et år.',
    nn: 'Dagane er over, sluttar før dei byrjar, eller er meir enn eit år.',
    en: 'The days are over, end before they begin, or are more than a year.',
  },
  STAFF_NOT_IN_CHARGE: {
    nb: 'Den ansatte har ingen rolle med ansvar for barnet.',
    nn: 'Den tilsette har inga rolle med ansvar for barnet.',
    en: 'This member of staff has no role with charge of the child.',
  },
  STAFF_IS_PARTY: {
    nb: 'Den ansatte er eller har vært part i saken om barnet.',
    nn: 'Den tilsette er eller har vore part i saka om barnet.',
    en: 'This member of staff is or was a party to the child.',
  },
  STAFF_NAMED: {
    nb: 'Den ansatte er allerede navngitt for noen av disse dagene.',
    nn: 'Den tilsette er alt namngitt for nokre av desse dagane.',
    en: 'This member of staff is named for some of these days already.',
  },
  NAMING_ENDED: {
    nb: 'Det er allerede avsluttet.',
    nn: 'Det er alt avslutta.',
    en: 'It has ended already.',
  },
  WORK_ITEM_CLOSED: {
    nb: 'Oppgaven er allerede lukket.',
    nn: 'Oppgåva er alt lukka.',
    en: 'The work item was closed before.',
  },
  LOGIN_UNKNOWN: {
    nb: 'Ingen logger inn med dette navnet.',
    nn: 'Ingen loggar inn med dette namnet.',
    en: 'Nobody signs in by this name.',
  },
  ROLE_ENDED: {
    nb: 'Rollen er over, eller ville være det før den begynner.',
    nn: 'Rolla er over, eller ville vere det før ho byrjar.',
    en: 'The role has ended, or would before it begins.',
  },
  ROLE_TOO_LONG: {
    nb: 'Rollen varer lenger enn den kan: et år i kommunen, en måned for en vikar.',
    nn: 'Rolla varer lenger enn ho kan: eit år i kommunen, ein månad for ein vikar.',
    en: 'The role is longer than it may be: a year in the municipality, a month for a substitute.',
  },
  ROLE_HELD: {
    nb: 'Personen har allerede rollen i denne tiden.',
    nn: 'Personen har alt rolla i denne tida.',
    en: 'They hold the role in that time already.',
  },
  ROLE_NOT_YOURS_TO_GIVE: {
    nb: 'Denne rollen kan du ikke gi.',
    nn: 'Denne rolla kan du ikkje gi.',
    en: 'This role is not yours to give.',
  },
  ROLE_NOT_OF_UNIT: {
    nb: 'Rollen finnes ikke ved enheten eller i gruppen.',
    nn: 'Rolla finst ikkje ved eininga eller i gruppa.',
    en: 'There is no such role at the unit or in the group.',
  },
  PIN_TOO_SIMPLE: {
    nb: 'Denne PIN-koden er lett å gjette. Velg en annen.',
    nn: 'Denne PIN-koden er lett å gjette. Vel ein annan.',
    en: 'This PIN is easy to guess. Choose another one.',
  },
  LOGIN_NOT_FRESH: {
    nb: 'Logg inn på nytt, og prøv igjen.',
    nn: 'Logg inn på nytt, og prøv igjen.',
    en: 'Sign in again, and try once more.',
  },
  QUARANTINE_OVER: {
    nb: 'Karantenen er over.',
    nn: 'Karantenen er over.',
    en: 'The quarantine is over.',
  },
  ROLE_OF_ROSTER: {
    nb: 'Rollen kommer fra det skoleadministrative systemet, og må avsluttes der.',
    nn: 'Rolla kjem frå det skuleadministrative systemet, og må avsluttast der.',
    en: 'The role comes from a roster, and has to be ended there.',
  },
};

/** Bokmål until the viewer's language comes with the request. */
export const textOf = (code: RefusalCode, language: TextLanguage = 'nb'): string => texts[code][language];

/** The two fields of every refusal. */
export const refusalOf = <Code extends RefusalCode>(code: Code, language?: TextLanguage) => ({
  code,
  message: textOf(code, language),
});

import type { RefusalCode } from './generated/types.ts';

export type Language = 'nb' | 'nn' | 'en';

/** What a refusal says, in plain words. Says nothing of who else reads what, or why somebody is not there (ADR-02, ADR-19). */
const texts: Readonly<Record<RefusalCode, Readonly<Record<Language, string>>>> = {
  MESSAGE_EMPTY: {
    nb: 'Skriv noe først.',
    nn: 'Skriv noko først.',
    en: 'Write something first.',
  },
  MESSAGE_TOO_LONG: {
    nb: 'Teksten er for lang. Del den opp, eller ta det i en samtale.',
    nn: 'Teksten er for lang. Del han opp, eller ta det i ein samtale.',
    en: 'The text is too long. Split it up, or talk about it instead.',
  },
  MESSAGE_CHILD_NOT_AT_UNIT: {
    nb: 'Barnet er ikke ved denne enheten i dag.',
    nn: 'Barnet er ikkje ved denne eininga i dag.',
    en: 'The child is not at this unit today.',
  },
  MESSAGE_GUARDIANS_DIFFER: {
    nb: 'Barna har ikke de samme foresatte. Skriv om hvert barn for seg.',
    nn: 'Barna har ikkje dei same føresette. Skriv om kvart barn for seg.',
    en: 'The children do not have the same guardians. Write about each of them apart.',
  },
  MESSAGE_RECIPIENT_GONE: {
    nb: 'En av dem du valgte, kan ikke skrives til lenger. Se over hvem som skal lese.',
    nn: 'Ein av dei du valde, kan ikkje skrivast til lenger. Sjå over kven som skal lese.',
    en: 'Somebody you chose cannot be written to any more. Check who is to read it.',
  },
  MESSAGE_CAUSE_MISSING: {
    nb: 'Skriv hvorfor en foresatt ikke skal lese dette.',
    nn: 'Skriv kvifor ein føresett ikkje skal lese dette.',
    en: 'Say why a guardian is not to read this.',
  },
  MESSAGE_NOBODY_LEFT: {
    nb: 'Det er ingen igjen som kan lese dette.',
    nn: 'Det er ingen att som kan lese dette.',
    en: 'Nobody is left to read this.',
  },
  MESSAGE_NOBODY_READS: {
    nb: 'Ingen ved enheten kan lese dette i dag. Ta kontakt på en annen måte.',
    nn: 'Ingen ved eininga kan lese dette i dag. Ta kontakt på ein annan måte.',
    en: 'Nobody at the unit can read this today. Contact it in another way.',
  },
  THREAD_CLOSED: {
    nb: 'Denne samtalen er lukket. Begynn en ny.',
    nn: 'Denne samtalen er lukka. Byrj ein ny.',
    en: 'This conversation is closed. Begin a new one.',
  },
  MESSAGE_NOT_HELD: {
    nb: 'Meldingen venter ikke lenger.',
    nn: 'Meldinga ventar ikkje lenger.',
    en: 'The message is not waiting any more.',
  },
  MESSAGE_IS_OWN: {
    nb: 'En annen enn den som skrev meldingen, må slippe den gjennom.',
    nn: 'Ein annan enn den som skreiv meldinga, må sleppe ho gjennom.',
    en: 'Somebody else than who wrote the message has to let it go.',
  },
  MESSAGE_PUT_AWAY: {
    nb: 'Meldingen er allerede trukket tilbake eller flyttet.',
    nn: 'Meldinga er alt trekt tilbake eller flytta.',
    en: 'The message has been withdrawn or moved already.',
  },
  MESSAGE_WITHDRAWAL_LATE: {
    nb: 'En melding kan trekkes tilbake i sju dager. Ta kontakt hvis noe er feil.',
    nn: 'Ei melding kan trekkjast tilbake i sju dagar. Ta kontakt dersom noko er feil.',
    en: 'A message can be withdrawn for seven days. Get in touch if something is wrong.',
  },
  MESSAGE_NOT_RECEIVED: {
    nb: 'Bare meldinger hjemmefra kan flyttes til en sak.',
    nn: 'Berre meldingar heimanfrå kan flyttast til ei sak.',
    en: 'Only messages from home can be moved to a case.',
  },
  ATTACHMENT_GONE: {
    nb: 'Et vedlegg er ikke der lenger. Legg det ved på nytt.',
    nn: 'Eit vedlegg er ikkje der lenger. Legg det ved på nytt.',
    en: 'A file is not there any more. Add it anew.',
  },
  ATTACHMENT_REFUSED: {
    nb: 'Et vedlegg ble ikke godtatt. Ta det bort og prøv igjen.',
    nn: 'Eit vedlegg vart ikkje godteke. Ta det bort og prøv igjen.',
    en: 'A file was not accepted. Remove it and try again.',
  },
  ATTACHMENTS_TOO_MANY: {
    nb: 'Legg ved høyst ti filer.',
    nn: 'Legg ved høgst ti filer.',
    en: 'Add ten files at most.',
  },
  ATTACHMENTS_TOO_LARGE: {
    nb: 'Vedleggene er for store til sammen. Send dem i flere meldinger.',
    nn: 'Vedlegga er for store til saman. Send dei i fleire meldingar.',
    en: 'The files are too large together. Send them in several messages.',
  },
  TEXT_DIVERTED: {
    nb: 'Dette hører ikke hjemme i en melding, og er ikke sendt. Bruk kontaktskjemaet.',
    nn: 'Dette høyrer ikkje heime i ei melding, og er ikkje send. Bruk kontaktskjemaet.',
    en: 'This does not belong in a message and has not been sent. Use the contact form.',
  },
  TEXT_TO_REREAD: {
    nb: 'Les gjennom teksten en gang til før du sender.',
    nn: 'Les gjennom teksten ein gong til før du sender.',
    en: 'Please read the text once more before you send it.',
  },
  BROADCAST_TIME_PAST: {
    nb: 'Tidspunktet er allerede passert.',
    nn: 'Tidspunktet er alt passert.',
    en: 'That time has passed.',
  },
  BROADCAST_URGENCY_REFUSED: {
    nb: 'Bare ledere kan sende noe som haster.',
    nn: 'Berre leiarar kan sende noko som hastar.',
    en: 'Only leaders can send something as urgent.',
  },
  BROADCAST_TO_NOBODY: {
    nb: 'Det er ingen foresatte å sende til her.',
    nn: 'Det er ingen føresette å sende til her.',
    en: 'There are no guardians to send this to.',
  },
  BROADCAST_NOT_CONFIRMED: {
    nb: 'Se over hvem dette går til, og bekreft før du sender.',
    nn: 'Sjå over kven dette går til, og stadfest før du sender.',
    en: 'Look over whom this goes to, and confirm before you send it.',
  },
  BROADCAST_UNDO_TOO_LATE: {
    nb: 'Den er sendt. Du kan trekke den tilbake i sju dager.',
    nn: 'Ho er send. Du kan trekkje ho tilbake i sju dagar.',
    en: 'It has been sent. You can withdraw it within seven days.',
  },
  BROADCAST_WITHDRAWAL_TOO_LATE: {
    nb: 'Det er over sju dager siden den ble sendt, og den kan ikke trekkes tilbake.',
    nn: 'Det er over sju dagar sidan ho vart send, og ho kan ikkje trekkjast tilbake.',
    en: 'It was sent more than seven days ago and cannot be withdrawn.',
  },
  BROADCAST_NOT_SENT: {
    nb: 'Den er ikke sendt.',
    nn: 'Ho er ikkje send.',
    en: 'It has not been sent.',
  },
  FEATURE_CLOSED: {
    nb: 'Meldinger kan ikke sendes her nå. Ta kontakt med enheten på en annen måte.',
    nn: 'Meldingar kan ikkje sendast her no. Ta kontakt med eininga på ein annan måte.',
    en: 'Messages cannot be sent here at the moment. Contact the unit in another way.',
  },
};

/** Bokmål until the viewer's language comes with the request. */
export const textOf = (code: RefusalCode, language: Language = 'nb'): string => texts[code][language];

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
  MESSAGE_ABOUT_STAFF: {
    nb: 'Gjelder dette en ansatt, meld bekymring i stedet. Meldingen blir stående der den er.',
    nn: 'Gjeld dette ein tilsett, meld bekymring i staden. Meldinga blir ståande der ho er.',
    en: 'If this is about somebody of the staff, raise a concern instead. The message stays where it is.',
  },
  AWAY_DAYS_WRONG: {
    nb: 'Velg dager som ikke er over, høyst ett år.',
    nn: 'Vel dagar som ikkje er over, høgst eitt år.',
    en: 'Choose days that are not over, a year at most.',
  },
  AWAY_OVERLAPS: {
    nb: 'Det er allerede sagt fra om fravær på noen av disse dagene.',
    nn: 'Det er alt sagt frå om fråvær på nokre av desse dagane.',
    en: 'Some of these days are already set as away.',
  },
  AWAY_STAND_IN_UNKNOWN: {
    nb: 'Velg en stedfortreder som arbeider ved enheten da.',
    nn: 'Vel ein vikar som arbeider ved eininga då.',
    en: 'Choose a stand-in who works at the unit then.',
  },
  TALK_ANSWERED: {
    nb: 'Dette er allerede besvart.',
    nn: 'Dette er alt svart på.',
    en: 'This has been answered already.',
  },
  TALK_OFFER_WRONG: {
    nb: 'Velg tider som gjelder barnet ved denne enheten.',
    nn: 'Vel tider som gjeld barnet ved denne eininga.',
    en: 'Choose times that are about the child at this unit.',
  },
  CALENDAR_FEED_STANDS: {
    nb: 'Det finnes allerede en adresse. Lag en ny i stedet for den?',
    nn: 'Det finst alt ei adresse. Lage ei ny i staden for den?',
    en: 'There is an address already. Make another instead of it?',
  },
  THREAD_TAKEN: {
    nb: 'En kollega har tatt denne samtalen.',
    nn: 'Ein kollega har teke denne samtalen.',
    en: 'A colleague has taken this conversation.',
  },
  THREAD_NOT_READABLE: {
    nb: 'Den du valgte, kan ikke lese denne samtalen.',
    nn: 'Den du valde, kan ikkje lese denne samtalen.',
    en: 'Whom you chose cannot read this conversation.',
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
  DRAFTS_TOO_MANY: {
    nb: 'Du har for mange utkast. Send eller slett noen først.',
    nn: 'Du har for mange utkast. Send eller slett nokre først.',
    en: 'You have too many drafts. Send or delete some first.',
  },
  DRAFT_WAITS: {
    nb: 'Utkastet venter på å bli sendt. Avbryt sendingen før du endrer det.',
    nn: 'Utkastet ventar på å bli sendt. Avbryt sendinga før du endrar det.',
    en: 'The draft is waiting to be sent. Cancel that before you change it.',
  },
  DRAFT_NOT_SENT: {
    nb: 'Meldingen kunne ikke sendes da tiden var inne.',
    nn: 'Meldinga kunne ikkje sendast då tida var inne.',
    en: 'The message could not be sent when its time had come.',
  },
  SEND_TIME_PAST: {
    nb: 'Tidspunktet har allerede vært.',
    nn: 'Tidspunktet har alt vore.',
    en: 'That time is over already.',
  },
  SEND_TIME_TOO_FAR: {
    nb: 'Tidspunktet er for langt fram. Velg et innen 90 dager.',
    nn: 'Tidspunktet er for langt fram. Vel eit innan 90 dagar.',
    en: 'That time is too far ahead. Choose one within 90 days.',
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
  CONTACT_FORM_EMPTY: {
    nb: 'Skriv noe først.',
    nn: 'Skriv noko først.',
    en: 'Write something first.',
  },
  CONTACT_FORM_TOO_LONG: {
    nb: 'Teksten er for lang. Skriv det viktigste, så tar vi kontakt.',
    nn: 'Teksten er for lang. Skriv det viktigaste, så tek vi kontakt.',
    en: 'The text is too long. Write what matters most, and we will contact you.',
  },
  CONTACT_FORM_TOO_MANY: {
    nb: 'Du har sendt mange skjemaer det siste døgnet. Ring enheten om det haster.',
    nn: 'Du har sendt mange skjema det siste døgnet. Ring eininga om det hastar.',
    en: 'You have sent many forms in the last day. Call the unit if it is urgent.',
  },
  CONTACT_FORM_REFERENCE_INVALID: {
    nb: 'Skriv nummeret til svaret i arkivet, som 2026/118-2.',
    nn: 'Skriv nummeret til svaret i arkivet, som 2026/118-2.',
    en: 'Give the number of the answer in the archive, such as 2026/118-2.',
  },
  CONTACT_FORM_NOT_FILED: {
    nb: 'Skjemaet er ikke i arkivet ennå.',
    nn: 'Skjemaet er ikkje i arkivet enno.',
    en: 'The form is not in the archive yet.',
  },
  CONTACT_FORM_ANSWERED_OTHERWISE: {
    nb: 'Skjemaet er allerede besvart under et annet nummer.',
    nn: 'Skjemaet er alt svara på under eit anna nummer.',
    en: 'The form was answered under another number before.',
  },
  FEATURE_CLOSED: {
    nb: 'Meldinger kan ikke sendes her nå. Ta kontakt med enheten på en annen måte.',
    nn: 'Meldingar kan ikkje sendast her no. Ta kontakt med eininga på ein annan måte.',
    en: 'Messages cannot be sent here at the moment. Contact the unit in another way.',
  },
  MEETING_TIME_PAST: {
    nb: 'Et av tidspunktene har allerede vært.',
    nn: 'Eitt av tidspunkta har alt vore.',
    en: 'One of the times is over already.',
  },
  MEETING_ENDS_BEFORE_IT_STARTS: {
    nb: 'En samtale må slutte etter at den begynner.',
    nn: 'Ein samtale må slutte etter at han byrjar.',
    en: 'A talk has to end after it begins.',
  },
  MEETING_TOO_LONG: {
    nb: 'En samtale kan vare i høyst fire timer.',
    nn: 'Ein samtale kan vare i høgst fire timar.',
    en: 'A talk lasts four hours at most.',
  },
  MEETING_TOO_MANY_TIMES: {
    nb: 'Legg ut høyst 100 tidspunkter om gangen.',
    nn: 'Legg ut høgst 100 tidspunkt om gongen.',
    en: 'Offer 100 times at once at most.',
  },
  MEETING_TIMES_OVERLAP: {
    nb: 'To av samtalene dine ville vært samtidig.',
    nn: 'To av samtalane dine ville vore samtidig.',
    en: 'Two of your talks would be at the same time.',
  },
  MEETING_TIME_TAKEN: {
    nb: 'Tidspunktet er ikke ledig. Velg et annet.',
    nn: 'Tidspunktet er ikkje ledig. Vel eit anna.',
    en: 'This time is not free. Choose another.',
  },
  MEETING_BOOKING_OVER: {
    nb: 'Tidspunktet kan ikke bestilles lenger. Ta kontakt med enheten.',
    nn: 'Tidspunktet kan ikkje bestillast lenger. Ta kontakt med eininga.',
    en: 'This time can no longer be booked. Contact the unit.',
  },
  MEETING_CANCELLING_OVER: {
    nb: 'Samtalen kan ikke flyttes eller avbestilles lenger. Ta kontakt med enheten.',
    nn: 'Samtalen kan ikkje flyttast eller avbestillast lenger. Ta kontakt med eininga.',
    en: 'The talk can no longer be moved or cancelled. Contact the unit.',
  },
  MEETING_ALREADY_BOOKED: {
    nb: 'Det er allerede bestilt en samtale. Flytt den i stedet.',
    nn: 'Det er alt bestilt ein samtale. Flytt han i staden.',
    en: 'A talk is booked already. Move it instead.',
  },
  MEETING_NOT_BOOKED: {
    nb: 'Samtalen som skulle flyttes, er avbestilt.',
    nn: 'Samtalen som skulle flyttast, er avbestilt.',
    en: 'The talk to be moved was cancelled.',
  },
  EVENT_PAST: {
    nb: 'Tidspunktet har allerede vært.',
    nn: 'Tidspunktet har alt vore.',
    en: 'That time is over already.',
  },
  EVENT_ENDS_BEFORE_IT_STARTS: {
    nb: 'Det må slutte etter at det begynner.',
    nn: 'Det må slutte etter at det byrjar.',
    en: 'It has to end after it begins.',
  },
  EVENT_ANSWERS_DUE_TOO_LATE: {
    nb: 'Svarfristen må være før det begynner.',
    nn: 'Svarfristen må vere før det byrjar.',
    en: 'Answers have to be due before it begins.',
  },
  EVENT_CHOICES_WRONG: {
    nb: 'Oppgi et tidspunkt, eller to til ti ulike svar å velge mellom.',
    nn: 'Oppgi eit tidspunkt, eller to til ti ulike svar å velje mellom.',
    en: 'Give a time, or two to ten different choices.',
  },
  EVENT_TEXT_DIVERTED: {
    nb: 'Dette er ikke egnet i en kunngjøring. Ta det i en samtale eller gjennom kontaktskjemaet.',
    nn: 'Dette er ikkje eigna i ei kunngjering. Ta det i ein samtale eller gjennom kontaktskjemaet.',
    en: 'This does not belong in an announcement. Talk about it, or use the contact form.',
  },
  EVENT_ANSWERING_OVER: {
    nb: 'Svarfristen er ute. Ta kontakt med enheten.',
    nn: 'Svarfristen er ute. Ta kontakt med eininga.',
    en: 'The time to answer is over. Contact the unit.',
  },
  EVENT_WITHDRAWN: {
    nb: 'Dette er avlyst.',
    nn: 'Dette er avlyst.',
    en: 'This was called off.',
  },
  EVENT_ANSWER_WRONG: {
    nb: 'Velg et av svarene, og ikke flere voksne enn det er plass til.',
    nn: 'Vel eitt av svara, og ikkje fleire vaksne enn det er plass til.',
    en: 'Choose one of the answers, and no more adults than may come.',
  },
  EVENT_FULL: {
    nb: 'Det er ikke plass til så mange.',
    nn: 'Det er ikkje plass til så mange.',
    en: 'There is no room for so many.',
  },
  FILE_NOT_DECLARED: {
    nb: 'Si for hver fil om den viser barn, og hvem.',
    nn: 'Sei for kvar fil om ho viser barn, og kven.',
    en: 'Say of each file whether it shows children, and whom.',
  },
  CONSENT_MISSING: {
    nb: 'Filen kan ikke deles: det mangler samtykke. Velg en der ingen barn er med.',
    nn: 'Fila kan ikkje delast: det manglar samtykke. Vel ei der ingen barn er med.',
    en: 'The file cannot be shared: consent is missing. Choose one that shows no child.',
  },
  UNIT_DOCUMENT_VERSIONS_TOO_MANY: {
    nb: 'Dokumentet har for mange versjoner. Trekk det tilbake, og publiser et nytt.',
    nn: 'Dokumentet har for mange versjonar. Trekk det tilbake, og publiser eit nytt.',
    en: 'The document has too many versions. Withdraw it, and publish a new one.',
  },
  NEWS_TIME_PAST: {
    nb: 'Tidspunktet er passert. Velg et nytt, eller publiser nå.',
    nn: 'Tidspunktet er passert. Vel eit nytt, eller publiser no.',
    en: 'That time is over. Choose another, or publish now.',
  },
  NEWS_ENDS_BEFORE_IT_STARTS: {
    nb: 'Siste dag er før dagen oppslaget kommer ut.',
    nn: 'Siste dag er før dagen oppslaget kjem ut.',
    en: 'The last day is before the day it is out.',
  },
  NEWS_WITHDRAWN: {
    nb: 'Oppslaget er trukket tilbake. Skriv et nytt.',
    nn: 'Oppslaget er trekt tilbake. Skriv eit nytt.',
    en: 'This was taken back. Write a new one.',
  },
};

/** Bokmål until the viewer's language comes with the request. */
export const textOf = (code: RefusalCode, language: Language = 'nb'): string => texts[code][language];

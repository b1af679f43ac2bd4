/** What refusals about offers, places and seats say. */
export const offerTexts = {
  E_NO_HIGHER: {
    nb: 'Det er ikke noe dere ønsker høyere.',
    nn: 'Det er ikkje noko de ønskjer høgare.',
    en: 'There is nothing that you wish for more.',
  },
  E_NO_KEEP: {
    nb: 'Her kan du ikke takke ja og bli stående på liste.',
    nn: 'Her kan du ikkje takke ja og bli ståande på liste.',
    en: 'Here you cannot accept and stay on a list.',
  },
  E_OPEN_OFFERS: {
    nb: 'Det er tilbud i opptaket som ikke er besvart.',
    nn: 'Det er tilbod i opptaket som ikkje er svart på.',
    en: 'There are offers of the round that are not answered.',
  },
  E_OPEN_OFFER: {
    nb: 'Barnet har et tilbud som ikke er besvart.',
    nn: 'Barnet har eit tilbod som ikkje er svart på.',
    en: 'The child has an offer that is not answered.',
  },
  E_NOT_WAITING: {
    nb: 'Barnet står ikke på listen.',
    nn: 'Barnet står ikkje på lista.',
    en: 'The child is not on the list.',
  },
  E_FULL: {
    nb: 'Alle plassene er tatt eller tilbudt.',
    nn: 'Alle plassane er tekne eller tilbodne.',
    en: 'All seats are taken or offered.',
  },
  E_NOT_NEXT: {
    nb: 'Et annet barn er det neste på listen. Skriv hvorfor det ikke skal få tilbudet.',
    nn: 'Eit anna barn er det neste på lista. Skriv kvifor det ikkje skal få tilbodet.',
    en: 'Another child is next on the list. Please say why it is not to have the offer.',
  },
  E_COMMITTED: {
    nb: 'Flere plasser er tatt eller tilbudt.',
    nn: 'Fleire plassar er tekne eller tilbodne.',
    en: 'More seats are taken or offered.',
  },
  HOURS_TOO_EARLY: {
    nb: 'Timene endres fra den første i en måned, og tidligst fra dagen som står her.',
    nn: 'Timane blir endra frå den første i ein månad, og tidlegast frå dagen som står her.',
    en: 'Hours change on the first of a month, and no earlier than the day that is named.',
  },
  E_NOTICE: {
    nb: 'Plassen må sies opp tidligere før den slutter.',
    nn: 'Plassen må seiast opp tidlegare før han sluttar.',
    en: 'Notice has to be given longer before the place ends.',
  },
} as const;

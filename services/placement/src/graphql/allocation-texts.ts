/** What refusals about runs, and about what is decided by hand, say. */
export const allocationTexts = {
  E_INVALID: {
    nb: 'Opptaket kan ikke beregnes slik det er.',
    nn: 'Opptaket kan ikkje reknast ut slik det er.',
    en: 'The round cannot be computed as it is.',
  },
  E_UNKNOWN_APPLICATION: {
    nb: 'Det er ingen slik søknad i opptaket.',
    nn: 'Det er ingen slik søknad i opptaket.',
    en: 'There is no such application in the round.',
  },
  E_OWN_DECISION: {
    nb: 'Ingen kan godkjenne det de selv har avgjort.',
    nn: 'Ingen kan godkjenne det dei sjølve har avgjort.',
    en: 'Nobody approves what they have decided themselves.',
  },
} as const;

/** What refusals about certificates say. Nothing of a child or of why it was away. */
export const certificateTexts = {
  REMOVAL_DECIDED: {
    nb: 'Det er allerede bestemt noe annet.',
    nn: 'Det er alt bestemt noko anna.',
    en: 'It has been decided otherwise already.',
  },
  REMOVAL_REASON_MISSING: {
    nb: 'Skriv hvorfor det ikke godtas.',
    nn: 'Skriv kvifor det ikkje blir godteke.',
    en: 'Write why it is not accepted.',
  },
  HEALTH_NOTE_WRONG: {
    nb: 'Dagene står i feil rekkefølge, eller er for langt unna.',
    nn: 'Dagane står i feil rekkjefølgje, eller er for langt unna.',
    en: 'The days are in the wrong order, or too far away.',
  },
  CERTIFICATE_NO_GRADE: {
    nb: 'Fravær føres på vitnemålet fra 8. trinn. Skolen må ha sagt hvilket trinn klassen er på.',
    nn: 'Fråvær blir ført på vitnemålet frå 8. trinn. Skulen må ha sagt kva trinn klassen er på.',
    en: 'Absence is certified from grade 8. The school has to have said which grade the class is in.',
  },
  CERTIFICATE_YEAR_AHEAD: {
    nb: 'Skoleåret har ikke begynt.',
    nn: 'Skuleåret har ikkje byrja.',
    en: 'The school year has not begun.',
  },
  CERTIFICATE_HOURS_UNKNOWN: {
    nb: 'Timer kan ikke telles her. Oppgi hvor mange det er.',
    nn: 'Timar kan ikkje teljast her. Oppgi kor mange det er.',
    en: 'Hours cannot be counted here. Say how many there are.',
  },
  CERTIFICATE_HOURS_COUNTED: {
    nb: 'Timene telles her.',
    nn: 'Timane blir talde her.',
    en: 'Hours are counted here.',
  },
  CERTIFICATE_REASON_MISSING: {
    nb: 'Fraværet er allerede ført. Skriv hvorfor det rettes.',
    nn: 'Fråværet er alt ført. Skriv kvifor det blir retta.',
    en: 'It is certified already. Write why it is corrected.',
  },
} as const;

/** What refusals about following absence up say. Nothing of a child. */
export const followUpTexts = {
  FOLLOW_UP_CLOSED: {
    nb: 'Saken er avsluttet.',
    nn: 'Saka er avslutta.',
    en: 'The case is closed.',
  },
  FOLLOW_UP_DAY_WRONG: {
    nb: 'Dagen passer ikke.',
    nn: 'Dagen passar ikkje.',
    en: 'That day does not fit.',
  },
  FOLLOW_UP_STEPS_OPEN: {
    nb: 'Det er fortsatt noe som skal gjøres i saken.',
    nn: 'Det er framleis noko som skal gjerast i saka.',
    en: 'There is something left to do in the case.',
  },
} as const;

/** What refusals about reports say. */
export const reportTexts = {
  MONTH_WRONG: {
    nb: 'Det er ingen slik måned, eller den har ikke begynt.',
    nn: 'Det er ingen slik månad, eller han har ikkje byrja.',
    en: 'There is no such month, or it has not begun.',
  },
} as const;

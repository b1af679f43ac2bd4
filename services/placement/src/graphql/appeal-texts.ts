/** What refusals about appeals say. */
export const appealTexts = {
  E_NO_RIGHT_OF_APPEAL: {
    nb: 'Reglene om opptak gir ikke rett til å klage på dette vedtaket.',
    nn: 'Reglane om opptak gir ikkje rett til å klage på dette vedtaket.',
    en: 'The rules on admission give no right to appeal against this decision.',
  },
  E_NOT_WISHED: {
    nb: 'Du kan bare klage på en enhet som dere ønsket og ikke fikk.',
    nn: 'Du kan berre klage på ei eining som de ønskte og ikkje fekk.',
    en: 'You can appeal only about a unit that you wished for and did not get.',
  },
  E_APPEALED: {
    nb: 'Det er alt klaget på denne enheten.',
    nn: 'Det er alt klaga på denne eininga.',
    en: 'There is an appeal about this unit already.',
  },
  E_OWNER_UNHEARD: {
    nb: 'Eieren av enheten må ha uttalt seg først.',
    nn: 'Eigaren av eininga må ha uttalt seg først.',
    en: 'The owner of the unit has to be heard first.',
  },
} as const;

/** What refusals about claims say. Nothing of what is claimed, nor of whom. */
export const claimTexts = {
  E_UNKNOWN_FLAG: {
    nb: 'Vedtektene kjenner ingen slik prioritet.',
    nn: 'Vedtektene kjenner ingen slik prioritet.',
    en: 'The statutes know no such priority.',
  },
  E_ASSIGNEE: {
    nb: 'Velg en annen saksbehandler.',
    nn: 'Vel ein annan saksbehandlar.',
    en: 'Choose another case worker.',
  },
  E_OTHER_DESK: {
    nb: 'Dette avgjør en annen saksbehandler.',
    nn: 'Dette avgjer ein annan saksbehandlar.',
    en: 'Another case worker decides on this.',
  },
  E_NO_PROOF: {
    nb: 'Det er ikke dokumentert ennå.',
    nn: 'Det er ikkje dokumentert enno.',
    en: 'It has not been shown yet.',
  },
  E_LATE_PROOF: {
    nb: 'Dokumentasjonen kom etter fristen.',
    nn: 'Dokumentasjonen kom etter fristen.',
    en: 'It was shown after the deadline.',
  },
  E_UNCHANGED: {
    nb: 'Det er alt avgjort slik.',
    nn: 'Det er alt avgjort slik.',
    en: 'That is what was decided already.',
  },
  E_ROUND_STATE: {
    nb: 'Prioritet avgjøres fra opptaket åpner til resultatet er kunngjort.',
    nn: 'Prioritet blir avgjord frå opptaket opnar til resultatet er kunngjort.',
    en: 'Priority is decided on from when the round opens until its result is published.',
  },
  ATTACHMENT_GONE: {
    nb: 'Dokumentet finnes ikke lenger. Last det opp på nytt.',
    nn: 'Dokumentet finst ikkje lenger. Last det opp på nytt.',
    en: 'The document is not there any more. Send it again.',
  },
  ATTACHMENT_REFUSED: {
    nb: 'Dokumentet ble avvist i kontrollen.',
    nn: 'Dokumentet vart avvist i kontrollen.',
    en: 'The document was refused when it was looked at.',
  },
  ATTACHMENTS_TOO_MANY: {
    nb: 'Det er for mange dokumenter.',
    nn: 'Det er for mange dokument.',
    en: 'There are too many documents.',
  },
  ATTACHMENTS_TOO_LARGE: {
    nb: 'Dokumentene er for store til sammen.',
    nn: 'Dokumenta er for store til saman.',
    en: 'The documents are too large together.',
  },
  E_DECIDED: {
    nb: 'Dette er alt avgjort.',
    nn: 'Dette er alt avgjort.',
    en: 'This has been decided already.',
  },
  E_NOT_CLAIMANT: {
    nb: 'Den som har bedt om prioritet, kan trekke det. Er dere uenige, kan du kontakte kommunen.',
    nn: 'Den som har bede om prioritet, kan trekkje det. Er de usamde, kan du kontakte kommunen.',
    en: 'Whoever claimed priority can take it back. If you do not agree, please contact the municipality.',
  },
  E_PROOF_AHEAD: {
    nb: 'Tidspunktet har ikke vært ennå.',
    nn: 'Tidspunktet har ikkje vore enno.',
    en: 'That time is still to come.',
  },
} as const;

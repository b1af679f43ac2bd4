import type { PlacementWishProblemCode } from './generated/types.ts';

/** What refusals about applications say. Nothing of the other guardian but that there is an application (ADR-11). */
export const applicationTexts = {
  E_ROUND_NOT_OPEN: {
    nb: 'Det kan ikke søkes i dette opptaket nå.',
    nn: 'Det kan ikkje søkjast i dette opptaket no.',
    en: 'This round takes no applications at the moment.',
  },
  E_STALE: {
    nb: 'Søknaden er endret siden du leste den. Se på den på nytt.',
    nn: 'Søknaden er endra sidan du las han. Sjå på han på nytt.',
    en: 'The application has been changed since you read it. Please look at it again.',
  },
  E_WISHES: {
    nb: 'Noe må rettes i ønskene.',
    nn: 'Noko må rettast i ønska.',
    en: 'Something has to be corrected in the wishes.',
  },
  E_START: {
    nb: 'Plassen må starte i det barnehageåret eller skoleåret det søkes for.',
    nn: 'Plassen må starte i det barnehageåret eller skuleåret det blir søkt for.',
    en: 'The place has to begin in the year that is applied for.',
  },
  E_OTHER_ROUND: {
    nb: 'Hovedopptaket er for barn som har rett til plass og ikke har plass fra før. Du kan søke i et annet opptak.',
    nn: 'Hovudopptaket er for barn som har rett til plass og ikkje har plass frå før. Du kan søkje i eit anna opptak.',
    en: 'The main round is for children who have the right to a place and have none. You can apply in another round.',
  },
  E_GUARDIANS: {
    nb: 'Alle som har foreldreansvar for barnet, må stå i søknaden, og ingen andre.',
    nn: 'Alle som har foreldreansvar for barnet, må stå i søknaden, og ingen andre.',
    en: 'Everybody with parental responsibility for the child has to be named, and nobody else.',
  },
  E_HAS_APPLICATION: {
    nb: 'Barnet har alt en søknad. Den gjelder.',
    nn: 'Barnet har alt ein søknad. Den gjeld.',
    en: 'The child has an application already. It stands.',
  },
  E_NO_NATIONAL_NUMBER: {
    nb: 'Ta kontakt med kommunen, så hjelper de deg å søke.',
    nn: 'Ta kontakt med kommunen, så hjelper dei deg å søkje.',
    en: 'Please contact the municipality, who will help you to apply.',
  },
  E_RECEIPT_AHEAD: {
    nb: 'Søknaden kan ikke ha kommet etter nå.',
    nn: 'Søknaden kan ikkje ha kome etter no.',
    en: 'The application cannot have come later than now.',
  },
  E_NOT_APPLICANT: {
    nb: 'Den som har søkt, kan trekke søknaden. Er dere uenige, kan du kontakte kommunen.',
    nn: 'Den som har søkt, kan trekkje søknaden. Er de usamde, kan du kontakte kommunen.',
    en: 'Whoever applied can withdraw it. If you do not agree, please contact the municipality.',
  },
} as const;

const wishTexts: Readonly<
  Record<PlacementWishProblemCode, { readonly nb: string; readonly nn: string; readonly en: string }>
> = {
  E_NO_WISHES: {
    nb: 'Velg minst ett sted.',
    nn: 'Vel minst éin stad.',
    en: 'Choose at least one place.',
  },
  E_TOO_MANY_WISHES: {
    nb: 'Det er for mange ønsker.',
    nn: 'Det er for mange ønske.',
    en: 'There are too many wishes.',
  },
  E_DUP_WISH: {
    nb: 'Dette stedet står to ganger.',
    nn: 'Denne staden står to gonger.',
    en: 'This place is there twice.',
  },
  E_UNKNOWN_K: {
    nb: 'Det er ikke opptak her i denne runden.',
    nn: 'Det er ikkje opptak her i denne runden.',
    en: 'This place takes no part in the round.',
  },
  E_RANK: {
    nb: 'Ønskene må være nummerert fra 1 og oppover.',
    nn: 'Ønska må vere nummererte frå 1 og oppover.',
    en: 'The wishes have to be numbered from 1.',
  },
  E_SIBLING: {
    nb: 'Velg et søsken som du har foreldreansvar for.',
    nn: 'Vel eit sysken som du har foreldreansvar for.',
    en: 'Choose a brother or sister whom you are responsible for.',
  },
};

/** What is said of a wish; bokmål until the viewer's language comes with the request. */
export const wishProblemSaid = (
  code: PlacementWishProblemCode,
): { readonly code: PlacementWishProblemCode; readonly message: string } => ({
  code,
  message: wishTexts[code].nb,
});

import type { Finding, Topic } from './judgement.ts';

/** The languages in which a reason can be asked for. */
export type ReasonLanguage = 'nb' | 'nn' | 'en' | 'se';

type Reasons = Readonly<Record<Topic, string>> & {
  readonly how: Readonly<Record<Finding['verdict'], string>>;
};

const nb: Reasons = {
  IDENTITY_NUMBER:
    'Dette ser ut som et fødselsnummer eller D-nummer. Skolen og barnehagen har det de trenger, og det skal aldri stå i en melding.',
  OTHER_PERSON:
    'Her står navnet til noen andre. Flere ansatte kan lese meldingen, og andre barn skal ikke nevnes med navn.',
  HEALTH:
    'Dette kan være helseopplysninger. Forbigående ting som omgangssyke kan skolen få vite her, men ikke alvorlig eller langvarig sykdom.',
  BULLYING:
    'Dette kan handle om mobbing, krenkelser eller vold. Skolen har plikt til å følge det opp, og det blir sikrest når det kommer rett til ledelsen.',
  DISTRESS:
    'Dette kan tyde på at noen har det svært vondt. Det skal til dem som kan hjelpe, og ikke til alle som leser meldinger. Haster det, ring.',
  RELIGION: 'Dette kan si noe om religion eller livssyn.',
  FINANCES: 'Dette kan si noe om familiens økonomi.',
  CHILD_WELFARE:
    'Dette kan handle om barnevern eller om forhold hjemme som få skal vite om. Er et barn i fare, ring.',
  INDIVIDUAL_DECISION:
    'Dette kan handle om et enkeltvedtak eller en individuell plan. Slikt skal inn i saken, der det blir arkivert.',
  STAFF:
    'Dette kan handle om noen som arbeider her. Det skal ledelsen ta seg av, og andre ansatte skal ikke lese det.',
  IMAGE:
    'Vi kan ikke se hva et bilde viser. Se etter at det ikke viser andre barn eller noe som ikke skal stå i en melding.',
  how: {
    NUDGE: 'Les gjennom en gang til før du sender.',
    DIVERT: 'Bruk kontaktskjemaet. Teksten din blir med dit.',
  },
};

const nn: Reasons = {
  IDENTITY_NUMBER:
    'Dette ser ut som eit fødselsnummer eller D-nummer. Skulen og barnehagen har det dei treng, og det skal aldri stå i ei melding.',
  OTHER_PERSON:
    'Her står namnet til nokon andre. Fleire tilsette kan lese meldinga, og andre barn skal ikkje nemnast med namn.',
  HEALTH:
    'Dette kan vere helseopplysningar. Forbigåande ting som omgangssjuke kan skulen få vite her, men ikkje alvorleg eller langvarig sjukdom.',
  BULLYING:
    'Dette kan handle om mobbing, krenkingar eller vald. Skulen har plikt til å følgje det opp, og det er sikrast når det kjem rett til leiinga.',
  DISTRESS:
    'Dette kan tyde på at nokon har det svært vondt. Det skal til dei som kan hjelpe, og ikkje til alle som les meldingar. Hastar det, ring.',
  RELIGION: 'Dette kan seie noko om religion eller livssyn.',
  FINANCES: 'Dette kan seie noko om økonomien til familien.',
  CHILD_WELFARE:
    'Dette kan handle om barnevern eller om forhold heime som få skal vite om. Er eit barn i fare, ring.',
  INDIVIDUAL_DECISION:
    'Dette kan handle om eit enkeltvedtak eller ein individuell plan. Slikt skal inn i saka, der det blir arkivert.',
  STAFF:
    'Dette kan handle om nokon som arbeider her. Det skal leiinga ta seg av, og andre tilsette skal ikkje lese det.',
  IMAGE:
    'Vi kan ikkje sjå kva eit bilete viser. Sjå etter at det ikkje viser andre barn eller noko som ikkje skal stå i ei melding.',
  how: {
    NUDGE: 'Les gjennom ein gong til før du sender.',
    DIVERT: 'Bruk kontaktskjemaet. Teksten din blir med dit.',
  },
};

const en: Reasons = {
  IDENTITY_NUMBER:
    'This looks like a national identity number. The school and the kindergarten have what they need, and it must never stand in a message.',
  OTHER_PERSON:
    'This is somebody else’s name. Several of the staff can read the message, and other children are not to be named in it.',
  HEALTH:
    'This may be about health. Passing things such as a stomach bug may be told here, but not serious or long-term illness.',
  BULLYING:
    'This may be about bullying, violation or violence. The school has a duty to act on it, and it is safest when it goes straight to the leadership.',
  DISTRESS:
    'This may mean that somebody is having a very hard time. It should reach those who can help, and not everybody who reads messages. If it is urgent, call.',
  RELIGION: 'This may tell something of religion or belief.',
  FINANCES: 'This may tell something of the family’s finances.',
  CHILD_WELFARE:
    'This may be about child welfare or about things at home that few should know. If a child is in danger, call.',
  INDIVIDUAL_DECISION:
    'This may be about an individual decision or plan. Such things belong in the case, where they are archived.',
  STAFF:
    'This may be about somebody who works here. The leadership must take care of it, and other staff are not to read it.',
  IMAGE:
    'We cannot see what a picture shows. Please check that it shows no other children, and nothing that does not belong in a message.',
  how: {
    NUDGE: 'Please read it once more before you send.',
    DIVERT: 'Use the contact form. Your text comes along.',
  },
};

/** Short on purpose. Not yet looked at by somebody whose language it is (README). */
const se: Reasons = {
  IDENTITY_NUMBER: 'Dát sáhttá leat riegádannummar dahje D-nummar.',
  OTHER_PERSON: 'Dás lea nuppi olbmo namma.',
  HEALTH: 'Dát sáhttá guoskat dearvvašvuhtii.',
  BULLYING: 'Dát sáhttá guoskat givssideapmái dahje veahkaváldái.',
  DISTRESS: 'Dát sáhttá mearkkašit ahte muhtun gillá. Jus lea hoahppu, riŋge.',
  RELIGION: 'Dát sáhttá guoskat oskkoldahkii dahje eallinoidnui.',
  FINANCES: 'Dát sáhttá guoskat bearraša ekonomiijai.',
  CHILD_WELFARE: 'Dát sáhttá guoskat mánáidsuodjalussii. Jus lea hoahppu, riŋge.',
  INDIVIDUAL_DECISION: 'Dát sáhttá guoskat ovttaskasmearrádussii dahje individuála plánii.',
  STAFF: 'Dát sáhttá guoskat bargái dáppe.',
  IMAGE: 'Mii eat sáhte oaidnit maid govva čájeha. Dárkkis gova.',
  how: {
    NUDGE: 'Loga oktii vel ovdal go sáddet.',
    DIVERT: 'Geavat oktavuođaskovi. Teaksta čuovvu mielde.',
  },
};

const reasons: Readonly<Record<ReasonLanguage, Reasons>> = { nb, nn, en, se };

/** Why a passage does not belong in a message and what to do, for whoever wrote it. It repeats nothing of the text. */
export function reasonOf(
  { topic, verdict }: Pick<Finding, 'topic' | 'verdict'>,
  language: ReasonLanguage,
): string {
  const { [topic]: why, how } = reasons[language];
  return `${why} ${how[verdict]}`;
}

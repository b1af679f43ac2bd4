import { isSynthetic } from '../common/people.ts';

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const shortTexts = ['avgivendeSystem', 'eksternReferanse', 'korrelasjonsid', 'forsendelsestype'] as const;

/** What is wrong with an order of a letter, in the order in which the real service looks; null when it is right. */
export function faultOfOrder(order: unknown, fileNames: readonly string[]): string | null {
  if (!isObject(order)) return 'forsendelse must be an object';
  const { tittel, mottaker, dokumenter, konteringskode } = order;
  if (!isText(tittel, 1, 1000)) return 'tittel must have 1 to 1000 characters';
  for (const name of shortTexts)
    if (order[name] !== undefined && !isText(order[name], 0, 100))
      return `${name} must have at most 100 characters`;
  if (konteringskode !== undefined && !(isText(konteringskode, 0, 20) && /^[\w.-]*$/.test(konteringskode)))
    return 'konteringskode must have at most 20 letters, digits, _, - and .';
  return faultOfReceiver(mottaker, order) ?? faultOfDocuments(dokumenter, fileNames);
}

function faultOfReceiver(receiver: unknown, order: Fields): string | null {
  if (!isObject(receiver) || !isText(receiver['navn'], 1, 200)) return 'mottaker.navn is needed';
  const { digitalId, land, poststed, postnummer } = receiver;
  const isDigitalOnly = order['kunDigitalLevering'] === true;
  if (digitalId === undefined && isDigitalOnly) return 'mottaker.digitalId is needed for digital delivery';
  if (digitalId !== undefined && !(typeof digitalId === 'string' && isSynthetic(digitalId)))
    return 'Only synthetic numbers are known here';
  if (order['krevNiva4Innlogging'] === true && order['kryptert'] !== true)
    return 'krevNiva4Innlogging needs kryptert';
  if (isDigitalOnly) return null;
  if (!isText(poststed, 1, 100)) return 'mottaker.poststed is needed for print';
  const isInNorway = land === undefined || land === null || land === '';
  if (isInNorway && !(typeof postnummer === 'string' && /^\d{4}$/.test(postnummer)))
    return 'mottaker.postnummer is needed in Norway';
  return null;
}

function faultOfDocuments(documents: unknown, fileNames: readonly string[]): string | null {
  if (!Array.isArray(documents) || documents.length === 0) return 'dokumenter must not be empty';
  const names = documents.map((one: unknown) => (isObject(one) ? one['filnavn'] : undefined));
  for (const name of names)
    if (!isText(name, 1, 226) || /[*:"\\/<>|?]/.test(name))
      return 'filnavn must have 1 to 226 allowed characters';
  return names.length === fileNames.length && names.every((name, place) => name === fileNames[place])
    ? null
    : 'files must come in the order and with the names of dokumenter';
}

const isText = (value: unknown, least: number, most: number): value is string =>
  typeof value === 'string' && value.length >= least && value.length <= most;

import { type Element, find, readXml, textAt } from '@ranselpost/kit/outside/xml';
import type { Files } from '@ranselpost/kit/outside/asice';
import { createHash } from 'node:crypto';

export const namespaces = {
  message: 'https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/arkivmelding/opprett/v1',
  catalogue: 'https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/metadatakatalog/v1',
  receipt: 'https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/arkivmelding/opprett/kvittering/v1',
  invalid: 'https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/feil/ugyldigforespoersel/v1',
  failed: 'https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/feil/serverfeil/v1',
  schema: 'http://www.w3.org/2001/XMLSchema-instance',
} as const;

/** What a message wants to have archived, as far as this archive looks. */
export interface Wanted {
  /** By the sender's own key, so that a repetition is found. */
  readonly entryKey: string;
  readonly caseKey: string;
  readonly title: string;
  readonly caseTitle: string | null;
  readonly direction: string;
  readonly screening: { readonly code: string; readonly ground: string } | null;
  readonly isCaseScreened: boolean;
  readonly parties: readonly { readonly role: string; readonly name: string }[];
  readonly documents: readonly {
    readonly title: string;
    readonly type: string | null;
    readonly file: string;
    readonly sha256: string | null;
  }[];
}

/** The order that the schema wants elements in, of those that senders of ours may use. */
const order: Readonly<Record<string, readonly string[]>> = {
  arkivmelding: ['system', 'regel', 'antallFiler', 'mappe', 'registrering'],
  mappe: ['tittel', 'offentligTittel', 'beskrivelse', 'arkivdel', 'part', 'skjerming', 'klassifikasjon', 'referanseEksternNoekkel', 'mappetype', 'administrativEnhet', 'journalenhet', 'saksstatus'],
  registrering: ['referanseForelderMappe', 'arkivdel', 'part', 'skjerming', 'dokumentbeskrivelse', 'tittel', 'offentligTittel', 'beskrivelse', 'korrespondansepart', 'referanseEksternNoekkel', 'journalposttype', 'journalstatus', 'journaldato', 'dokumentetsDato', 'mottattDato', 'sendtDato', 'journalenhet'],
  skjerming: ['tilgangsrestriksjon', 'skjermingshjemmel'],
  dokumentbeskrivelse: ['dokumenttype', 'dokumentstatus', 'tittel', 'tilknyttetRegistreringSom', 'dokumentnummer', 'dokumentobjekt'],
  dokumentobjekt: ['versjonsnummer', 'variantformat', 'format', 'formatDetaljer', 'mimeType', 'filnavn', 'referanseDokumentfil', 'sjekksum', 'sjekksumAlgoritme', 'filstoerrelse'],
  korrespondansepart: ['korrespondansepartID', 'korrespondanseparttype', 'korrespondansepartNavn'],
  part: ['partID', 'partNavn', 'partRolle'],
}; // prettier-ignore

/** Reads and checks an `arkivmelding`. Throws with what is wrong with it. */
export function readMessage(files: Files): Wanted {
  const written = files['arkivmelding.xml'];
  if (written === undefined) throw new Error('arkivmelding.xml mangler');
  const root = readXml(Buffer.from(written).toString('utf8'));
  if (root.name !== 'arkivmelding' || root.uri !== namespaces.message) throw new Error('ukjent rotelement');
  checkOrder(root);
  const entry = find(root, 'registrering');
  if (entry === undefined || entry.attributes['xsi:type'] !== 'journalpost')
    throw new Error('registrering av type journalpost mangler');
  needed(root, 'system');
  const documents = entry.children
    .filter(({ name }) => name === 'dokumentbeskrivelse')
    .map((document) => ({
      title: needed(document, 'tittel'),
      type: textAt(document, 'dokumenttype', 'kode'),
      file: needed(document, 'dokumentobjekt', 'referanseDokumentfil'),
      sha256: textAt(document, 'dokumentobjekt', 'sjekksum'),
    }));
  if (documents.some(({ file }) => files[file] === undefined)) throw new Error('en dokumentfil mangler');
  if (documents.some(({ file, sha256 }) => sha256 !== null && sha256 !== sumOf(files[file]!)))
    throw new Error('en sjekksum stemmer ikke');
  if (needed(root, 'antallFiler') !== String(documents.length)) throw new Error('antallFiler stemmer ikke');
  const direction = needed(entry, 'journalposttype', 'kode');
  if (!/^[IUNXS]$/.test(direction)) throw new Error('ukjent journalposttype');
  const folder = find(root, 'mappe');
  const caseKey = needed(entry, 'referanseForelderMappe', 'referanseEksternNoekkel', 'noekkel');
  if (folder !== undefined && needed(folder, 'referanseEksternNoekkel', 'noekkel') !== caseKey)
    throw new Error('registreringen hører ikke til mappen');
  const code = textAt(entry, 'skjerming', 'tilgangsrestriksjon', 'kode');
  return {
    entryKey: needed(entry, 'referanseEksternNoekkel', 'noekkel'),
    caseKey,
    title: needed(entry, 'tittel'),
    caseTitle: folder === undefined ? null : needed(folder, 'tittel'),
    direction,
    screening: code === null ? null : { code, ground: needed(entry, 'skjerming', 'skjermingshjemmel') },
    isCaseScreened: find(folder, 'skjerming') !== undefined,
    parties: [...entry.children, ...(folder?.children ?? [])].flatMap((child) => {
      if (child.name === 'korrespondansepart')
        return [
          {
            role: needed(child, 'korrespondanseparttype', 'kode'),
            name: needed(child, 'korrespondansepartNavn'),
          },
        ];
      return child.name === 'part'
        ? [{ role: textAt(child, 'partRolle', 'kode') ?? 'PART', name: needed(child, 'partNavn') }]
        : [];
    }),
    documents,
  };
}

const sumOf = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

function needed(from: Element, ...path: readonly string[]): string {
  const text = textAt(from, ...path);
  if (text === null || text === '') throw new Error(`${path.join('/')} mangler`);
  return text;
}

function checkOrder(element: Element): void {
  const allowed = order[element.name];
  let last = -1;
  for (const child of element.children) {
    checkOrder(child);
    if (allowed === undefined) continue;
    const place = allowed.indexOf(child.name);
    if (place < last) throw new Error(`${element.name}/${child.name} er ukjent eller står feil`);
    last = place;
  }
}

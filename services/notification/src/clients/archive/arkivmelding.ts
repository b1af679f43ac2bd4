import { type Xml, element, find, readXml, textAt, toDocument } from '@ranselpost/kit/outside/xml';
import type { ArchiveDocument, ArchiveMessage } from '../../domain/archive-message.ts';

const system = 'ranselpost';
const standard = 'https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv';
/** Stands where a name has to. */
const unnamed = 'Ikke oppgitt';

/** `arkivmelding.opprett` of Fiks Arkiv, version 1: the case, and one entry of its journal with its documents (ARK-02). */
export function writeArkivmelding(message: ArchiveMessage, documents: readonly ArchiveDocument[]): string {
  const { title, screening, sender, children } = message;
  const day = message.at.slice(0, 10);
  const screened = element(
    'skjerming',
    {},
    element('tilgangsrestriksjon', {}, code(screening.code)),
    element('skjermingshjemmel', {}, screening.ground),
  );
  return toDocument(
    element(
      'arkivmelding',
      {
        xmlns: `${standard}/arkivmelding/opprett/v1`,
        'xmlns:k': `${standard}/metadatakatalog/v1`,
        'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      },
      element('system', {}, system),
      element('antallFiler', {}, String(documents.length)),
      element(
        'mappe',
        { 'xsi:type': 'saksmappe' },
        element('tittel', {}, title),
        // The child is the party of the case, and where it is about several each of them is (ARK-03).
        children.map(({ personId, name }) =>
          element('part', {}, element('partID', {}, personId), element('partNavn', {}, name ?? unnamed)),
        ),
        screened,
        element('referanseEksternNoekkel', {}, ...key(message.caseKey)),
      ),
      element(
        'registrering',
        { 'xsi:type': 'journalpost' },
        element(
          'referanseForelderMappe',
          {},
          element('k:referanseEksternNoekkel', {}, ...key(message.caseKey)),
        ),
        screened,
        documents.map(described),
        element('tittel', {}, title),
        sender && correspondent(message.direction, sender),
        element('referanseEksternNoekkel', {}, ...key(message.key)),
        element('journalposttype', {}, code(message.direction)),
        element('dokumentetsDato', {}, day),
        message.direction === 'I' ? element('mottattDato', {}, message.at) : null,
        message.direction === 'U' ? element('sendtDato', {}, message.at) : null,
      ),
    ),
  );
}

const described = (document: ArchiveDocument, place: number): Xml =>
  element(
    'dokumentbeskrivelse',
    {},
    element('dokumenttype', {}, code(document.documentType)),
    element('tittel', {}, document.title),
    element('tilknyttetRegistreringSom', {}, code(document.role)),
    element('dokumentnummer', {}, String(place + 1)),
    element(
      'dokumentobjekt',
      {},
      element('variantformat', {}, code(document.variant)),
      element('format', {}, code(document.format)),
      element('mimeType', {}, document.mediaType),
      element('filnavn', {}, document.fileName),
      element('referanseDokumentfil', {}, document.fileName),
      element('sjekksum', {}, document.sha256),
      element('sjekksumAlgoritme', {}, 'SHA-256'),
      element('filstoerrelse', {}, String(document.bytes)),
    ),
  );

const code = (value: string): Xml => element('k:kode', {}, value);
const key = (value: string): Xml[] => [element('k:fagsystem', {}, system), element('k:noekkel', {}, value)];

const correspondent = (
  direction: ArchiveMessage['direction'],
  { personId, name }: NonNullable<ArchiveMessage['sender']>,
): Xml =>
  element(
    'korrespondansepart',
    {},
    element('korrespondansepartID', {}, personId),
    element('korrespondanseparttype', {}, code(direction === 'U' ? 'EM' : 'EA')),
    element('korrespondansepartNavn', {}, name ?? unnamed),
  );

export interface Receipt {
  /** `systemID` of the entry in the journal. */
  readonly archiveId: string;
  /** What people call the case; null where the archive gives none. */
  readonly caseNumber: string | null;
}

/** Reads `arkivmelding-kvittering.xml`. Null where the entry was not taken in. */
export function readReceipt(text: string): Receipt | null {
  const root = readXml(text);
  const archiveId = textAt(root, 'registreringKvittering', 'systemID');
  if (archiveId === null || archiveId === '') return null;
  const folder = find(root, 'mappeKvittering');
  const [year, number] = [textAt(folder, 'saksaar'), textAt(folder, 'sakssekvensnummer')];
  const caseNumber =
    textAt(folder, 'mappeID') ?? (year !== null && number !== null ? `${year}/${number}` : null);
  return {
    archiveId,
    caseNumber: caseNumber !== null && /^[\w/.-]{1,40}$/.test(caseNumber) ? caseNumber : null,
  };
}

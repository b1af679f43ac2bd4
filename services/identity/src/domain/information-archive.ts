import type { ArchiveEntry } from '@ranselpost/schema/events/archive-entry';
import type { InformationRequest } from './information-request.ts';

/** What was written in a case, as far as an archive keeps it. */
export interface CaseTexts {
  readonly asker: string;
  /** How the asker named the child. A national number goes to nobody (S-10): then only that there was one. */
  readonly child: string;
  readonly question: string;
  readonly proof: string | null;
  readonly note: string | null;
  readonly reasons: string | null;
  readonly letter: string | null;
  readonly aid: string | null;
}

type Archived = InformationRequest & { readonly unitId: string | null };
type Document = ArchiveEntry['documents'][number];
/** SHA-256 in hex, of a text in UTF-8. */
export type Sha256 = (text: string) => string;

/** A closed case as the archive is to keep it: the question, what was found, the decision (ARK-02, ARK-03, ARK-06). */
export function toCaseEntry(
  sha256: Sha256,
  entryId: string,
  request: Archived,
  texts: CaseTexts,
  childName: string | null,
): ArchiveEntry {
  const { receivedAt, closedAt } = request;
  const at = closedAt ?? receivedAt;
  const found = assessment(request, texts);
  return entry(entryId, request, texts.asker, childName, [
    document(
      sha256,
      'IN',
      'QUESTION',
      receivedAt,
      [`Fra: ${texts.asker}`, `Barnet: ${texts.child}`, texts.question].join('\n\n'),
    ),
    ...(found === null ? [] : [document(sha256, 'INTERNAL', 'ASSESSMENT', at, found)]),
    ...(texts.letter === null ? [] : [document(sha256, 'OUT', 'DECISION', at, texts.letter)]),
    ...(texts.aid === null ? [] : [document(sha256, 'OUT', 'TRANSLATION', at, texts.aid)]),
  ]);
}

/** A complaint, as an entry of its own in the same case (ADM-06). */
export const toComplaintEntry = (
  sha256: Sha256,
  entryId: string,
  request: Archived,
  asker: string,
  complaint: string,
  childName: string | null,
): ArchiveEntry =>
  entry(entryId, request, asker, childName, [
    document(sha256, 'IN', 'COMPLAINT', request.complainedAt ?? request.receivedAt, complaint),
  ]);

const entry = (
  entryId: string,
  { requestId, askerId, route, unitId, findings }: Archived,
  asker: string,
  childName: string | null,
  documents: Document[],
): ArchiveEntry => ({
  entryId,
  caseId: requestId,
  // The same for every case: a title stands in the public list of what comes in (ARK-03).
  title: 'Henvendelse fra foresatt',
  screening: { code: 'UO', ground: 'offl. § 13' },
  isProtected: route === 'PROTECTION',
  unitId: route === 'PROTECTION' ? null : unitId,
  parties: [
    { role: 'SENDER', personId: askerId, name: asker },
    ...(findings?.childId == null
      ? []
      : [{ role: 'CHILD' as const, personId: findings.childId, name: childName }]),
  ],
  documents,
});

const document = (
  sha256: Sha256,
  direction: Document['direction'],
  kind: Document['kind'],
  at: Date,
  text: string,
): Document => ({ direction, kind, at: at.toISOString(), text, sha256: sha256(text) });

/** What was found, in the language of the archive. Null where nobody has looked at it. */
function assessment({ findings, draft }: InformationRequest, texts: CaseTexts): string | null {
  if (findings === null) return null;
  const said = [
    `Forhold til barnet: ${standings[findings.standing]}`,
    ...(findings.voidBy === null ? [] : [`Retten er falt bort: ${voids[findings.voidBy]}`]),
    ...(findings.isHarmful ? ['Opplysningene kan skade barnet'] : []),
    ...(findings.isSecret ? ['Opplysningene er underlagt taushetsplikt også overfor foreldre'] : []),
    ...(draft?.kind === 'REFUSAL' ? [`Grunn for avslag: ${grounds[draft.ground]}`] : []),
    ...(texts.proof === null ? [] : [`Dokumentasjon: ${texts.proof}`]),
    ...(texts.note === null ? [] : [`Merknad: ${texts.note}`]),
    ...(texts.reasons === null ? [] : [`Begrunnelse: ${texts.reasons}`]),
  ];
  return said.join('\n\n');
}

const standings = {
  PARENT_BY_REGISTER: 'forelder uten foreldreansvar etter Folkeregisteret',
  PARENT_BY_PROOF: 'forelder uten foreldreansvar etter dokumentasjon',
  HOLDER: 'har foreldreansvar',
  NOT_SHOWN: 'ikke vist',
} as const;

const voids = {
  CHILD_WELFARE: 'foreldreansvaret er fratatt etter reglene om barnevern',
  COUNTY_GOVERNOR: 'Statsforvalteren har fratatt forelderen retten',
} as const;

const grounds = {
  NO_CHILD_HERE: 'barnet er ikke kjent i kommunen',
  NOT_A_PARENT: 'spørreren er ikke vist å være forelder',
  RIGHT_VOID: 'retten er falt bort',
  HARM: 'kan skade barnet',
  SECRECY: 'taushetsplikt',
  PROTECTED: 'barnet eller familien er beskyttet',
} as const;

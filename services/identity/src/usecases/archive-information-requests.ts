import { type Fact, fact, tellAll } from '@ranselpost/kit/outbox';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { sealFor } from '@ranselpost/kit/seal';
import type { ArchiveEntry } from '@ranselpost/schema/events/archive-entry';
import { decisionWrittenV1 } from '@ranselpost/schema/events/identity/decision-written.v1';
import { informationRequestClosedV1 } from '@ranselpost/schema/events/identity/information-request-closed.v1';
import { informationRequestComplainedV1 } from '@ranselpost/schema/events/identity/information-request-complained.v1';
import { createHash } from 'node:crypto';
import { toCaseEntry, toComplaintEntry } from '../domain/information-archive.ts';
import { isOver } from '../domain/information-request.ts';
import { lawProfile } from '../domain/law-profile.ts';
import * as desk from '../store/information-desk.ts';
import * as entries from '../store/information-entries.ts';
import * as requests from '../store/information-requests.ts';
import type { ArchiveDeps, Deps, EventDeps } from './deps.ts';
import { type Texts, readTexts } from './information-texts.ts';
import { fromChildText } from './named-child.ts';

const batch = 50;
/** An archive without a receipt by then is told once more: what lay on the bus may be gone (RET-02). */
const againAfterMs = 7 * 24 * 60 * 60_000;

/** Tells the archive what it is to keep, sealed: what is new, and what it has not acknowledged. Answers how many. */
export async function submitToArchive(deps: ArchiveDeps): Promise<number> {
  return deps.db.asService(async (tx) => {
    const now = deps.now();
    const waiting = await entries.toSubmit(tx, new Date(now.getTime() - againAfterMs), batch);
    const ids = [...new Set(waiting.map(({ requestId }) => requestId))];
    const stored = new Map((await requests.byIds(tx, ids)).map((request) => [request.requestId, request]));
    const textsOf = await readTexts(tx, deps.numbers.keys, ids);
    const names = await desk.childNames(
      tx,
      [...stored.values()].flatMap(({ findings }) => findings?.childId ?? []),
    );
    const facts = await Promise.all(
      waiting.map(async (entry) => {
        const request = stored.get(entry.requestId)!;
        const childName = names.get(request.findings?.childId ?? '') ?? null;
        const texts = textsOf(entry.requestId);
        return [
          await toFact(deps, entry, toEntry(entry, request, texts, childName)),
          ...(await toLetterFacts(deps, entry, request, texts)),
        ];
      }),
    );
    await tellAll(tx, facts.flat());
    await entries.markSubmitted(
      tx,
      waiting.map(({ entryId }) => entryId),
      now,
    );
    return waiting.length;
  });
}

async function toFact(
  { archiveKey }: ArchiveDeps,
  { requestId, entryId, kind }: entries.Entry,
  entry: ArchiveEntry,
): Promise<Fact> {
  const contract = kind === 'CASE' ? informationRequestClosedV1 : informationRequestComplainedV1;
  return fact(contract, { requestId, entryId, sealed: await sealFor(archiveKey, entryId, entry) });
}

/** The decision as a letter, for whom no other way reaches. What concerns somebody protected goes by hand (S-08). */
async function toLetterFacts(
  { archiveKey }: ArchiveDeps,
  { kind }: entries.Entry,
  { requestId, askerId, route, form }: requests.StoredRequest,
  { LETTER: letter, AID: aid }: Texts,
): Promise<readonly Fact[]> {
  if (kind !== 'CASE' || letter === undefined || route === 'PROTECTION') return [];
  const text = aid === undefined ? letter : `${letter}\n\n${aid}`;
  const sealed = await sealFor(archiveKey, requestId, { language: form, text });
  return [fact(decisionWrittenV1, { decisionId: requestId, personId: askerId, sealed })];
}

function toEntry(
  { entryId, kind }: entries.Entry,
  request: requests.StoredRequest,
  texts: Texts,
  childName: string | null,
): ArchiveEntry {
  const asker = texts.ASKER ?? '';
  if (kind === 'COMPLAINT')
    return toComplaintEntry(sha256, entryId, request, asker, texts.COMPLAINT ?? '', childName);
  const written = {
    asker,
    child: toChildLine(texts.CHILD),
    question: texts.QUESTION ?? '',
    proof: texts.PROOF ?? null,
    note: texts.NOTE ?? null,
    reasons: texts.REASONS ?? null,
    letter: texts.LETTER ?? null,
    aid: texts.AID ?? null,
  };
  return toCaseEntry(sha256, entryId, request, written, childName);
}

function toChildLine(text: string | undefined): string {
  if (text === undefined) return '';
  const child = fromChildText(text);
  return child.kind === 'number' ? 'oppgitt med fødselsnummer' : `${child.name}, født ${child.birthDate}`;
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** The archive has an entry: its id is kept (ARK-08). Coming again it changes nothing. */
export async function recordArchived(
  { db, now }: EventDeps,
  { entryId, archiveId }: { readonly entryId: string; readonly archiveId: string },
): Promise<void> {
  const requestId = await entries.markArchived(db, entryId, archiveId, now());
  if (requestId === undefined) return;
  await requests.addSteps(db, [
    { requestId, step: 'ARCHIVED', by: null, codes: { entryId, archiveId }, at: now() },
  ]);
}

/** Deletes the texts of cases that are over and that the archive has, and of no others (RET-02). Answers how many. */
export async function forgetInformationTexts(deps: Deps): Promise<number> {
  return deps.db.asService(async (tx) => {
    const now = deps.now();
    const archived = await requests.byIds(tx, await desk.archivedWithTexts(tx));
    const over = archived
      .filter((request) => isOver(request, now, lawProfile(localDateAt(request.closedAt ?? now))))
      .map(({ requestId }) => requestId);
    if (over.length === 0) return 0;
    await desk.forget(tx, over, now);
    await requests.addSteps(
      tx,
      over.map((requestId) => ({ requestId, step: 'FORGOTTEN', by: null, at: now })),
    );
    return over.length;
  });
}

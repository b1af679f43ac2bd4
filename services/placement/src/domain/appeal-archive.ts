import type { ArchiveEntry } from '@ranselpost/schema/events/archive-entry';
import type { AppealMove } from './appeal.ts';

/** What happens to an appeal, with what was written: each act is an entry of its own in one case (ADM-06, ARK-01). */
export type AppealAct =
  | { readonly kind: 'APPEALED'; readonly grounds: string; readonly isLate: boolean }
  | { readonly kind: Uppercase<AppealMove['move']> | 'HEAR_OWNER'; readonly reason: string };

export interface EntryPlace {
  readonly entryId: string;
  readonly caseId: string;
  readonly childId: string;
  readonly unitId: string;
  /** Who appealed. Null once they have been erased. */
  readonly appealedBy: string | null;
  readonly isProtected: boolean;
  readonly at: Date;
  /** SHA-256 in hex, of a text in UTF-8. */
  readonly sha256: (text: string) => string;
}

type Document = ArchiveEntry['documents'][number];
type Written = readonly [Document['direction'], Document['kind'], string];

/** In the archive's language; what comes in and goes out is told apart from what is for the case alone. */
const moves: Readonly<Record<Exclude<AppealAct['kind'], 'APPEALED'>, Written>> = {
  HEAR_OWNER: ['INTERNAL', 'ASSESSMENT', 'Uttalelse fra enhetens eier'],
  ADMIT: ['INTERNAL', 'ASSESSMENT', 'Klagen behandles selv om den kom for sent'],
  DISMISS: ['OUT', 'DECISION', 'Klagen avvises fordi den kom for sent'],
  UPHOLD: ['OUT', 'DECISION', 'Klagen er tatt til følge'],
  REJECT: ['INTERNAL', 'ASSESSMENT', 'Vedtaket opprettholdes'],
  FORWARD: ['OUT', 'ASSESSMENT', 'Klagen oversendes til klageorganet'],
  CLOSE: ['IN', 'DECISION', 'Klageorganets avgjørelse'],
};

function writtenIn(act: AppealAct): readonly [...Written, string] {
  if (act.kind !== 'APPEALED') return [...moves[act.kind], act.reason];
  const heading = act.isLate
    ? 'Klage på vedtak om opptak. Klagen kom etter at fristen var ute.'
    : 'Klage på vedtak om opptak';
  return ['IN', 'COMPLAINT', heading, act.grounds];
}

/** An act as the archive is to keep it (ARK-02, ARK-03). */
export function toAppealEntry(act: AppealAct, place: EntryPlace): ArchiveEntry {
  const { entryId, caseId, unitId, childId, appealedBy, isProtected, at, sha256 } = place;
  const [direction, kind, heading, body] = writtenIn(act);
  const text = `${heading}\n\n${body}`;
  return {
    ...{ entryId, caseId, unitId, isProtected },
    // The same for every case: a title stands in the public list of what comes in (ARK-03).
    title: 'Henvendelse fra foresatt',
    screening: { code: 'UO', ground: 'offl. § 13' },
    parties: [
      ...(appealedBy === null ? [] : [{ role: 'SENDER' as const, personId: appealedBy, name: null }]),
      { role: 'CHILD', personId: childId, name: null },
    ],
    documents: [{ direction, kind, at: at.toISOString(), text, sha256: sha256(text) }],
  };
}

import { type LocalDate, addDays, localDateAt } from '@ranselpost/kit/pure/dates';
import type { ArchiveEntry } from '@ranselpost/schema/events/archive-entry';
import type { Leave, LeaveException, WrittenWish } from './leave.ts';
import { type LeaveComplaint, complaintStateOf } from './leave-complaint.ts';
import { complaintDeadline, written } from './leave-letter.ts';

/** What happens to leave, with what was written: each act is an entry of its own in one case (ARK-01). */
export type LeaveAct =
  | ({ readonly kind: 'APPLIED' } & WrittenWish)
  | { readonly kind: 'OBJECTED'; readonly text: string | null }
  | { readonly kind: 'DECIDED'; readonly letter: string; readonly exceptions: readonly LeaveException[] }
  | { readonly kind: 'WITHDRAWN'; readonly from: LocalDate }
  | { readonly kind: 'COMPLAINED'; readonly text: string | null; readonly isLate: boolean }
  | { readonly kind: 'FORWARDED'; readonly to: string; readonly note: string };

export interface EntryPlace {
  readonly entryId: string;
  readonly at: Date;
  /** Whoever is outside the school in it: who wrote, or applied. Null once they have been erased. */
  readonly personId: string | null;
  readonly isProtected: boolean;
  /** SHA-256 in hex, of a text in UTF-8. */
  readonly sha256: (text: string) => string;
}

type Document = ArchiveEntry['documents'][number];

/** An act as the archive is to keep it, in the archive's language (ARK-02, ARK-03). */
export function toLeaveEntry(
  leave: Leave,
  act: LeaveAct,
  { entryId, at, personId, isProtected, sha256 }: EntryPlace,
): ArchiveEntry {
  return {
    ...{ entryId, caseId: leave.id, unitId: leave.unitId, isProtected },
    // The same for every case: a title stands in the public list of what comes in (ARK-03).
    title: 'Henvendelse fra foresatt',
    screening: { code: 'UO', ground: 'offl. § 13' },
    parties: [
      ...(personId === null ? [] : [{ role: 'SENDER' as const, personId, name: null }]),
      { role: 'CHILD', personId: leave.childId, name: null },
    ],
    documents: documentsOf(leave, act).map(([direction, kind, lines]) => {
      const text = lines.join('\n\n');
      return { direction, kind, at: at.toISOString(), text, sha256: sha256(text) };
    }),
  };
}

type Lines = readonly [Document['direction'], Document['kind'], readonly string[]];

const orNone = (text: string | null): string =>
  text === null || text.trim() === '' ? 'Uten begrunnelse.' : text;

function documentsOf(leave: Leave, act: LeaveAct): readonly Lines[] {
  switch (act.kind) {
    case 'APPLIED':
      return [['IN', 'QUESTION', application(leave, act)]];
    case 'OBJECTED':
      return [['IN', 'MESSAGE', ['Innsigelse mot søknad om permisjon', orNone(act.text)]]];
    case 'DECIDED':
      return [
        ['OUT', 'DECISION', [act.letter]],
        [
          'INTERNAL',
          'ASSESSMENT',
          [hearings[leave.hearing], ...act.exceptions.map((one) => exceptions[one])],
        ],
      ];
    case 'WITHDRAWN':
      return [['IN', 'MESSAGE', [`Søknaden eller permisjonen er trukket fra ${written(act.from)}.`]]];
    case 'COMPLAINED':
      return [
        [
          ...(['IN', 'COMPLAINT'] as const),
          [
            'Klage på vedtak om permisjon',
            ...(act.isLate ? ['Klagen kom etter at fristen var ute.'] : []),
            orNone(act.text),
          ],
        ],
      ];
    case 'FORWARDED':
      return [['OUT', 'ASSESSMENT', [`Klagen oversendes til ${act.to}.`, act.note]]];
  }
}

/** Of a holy day nothing but the paragraph (LEA-04). */
const application = (
  { kind, firstDay, lastDay, hearing }: Leave,
  { reason, childView }: WrittenWish,
): readonly string[] => [
  kind === 'HOLY_DAY'
    ? 'Søknad om å være borte på helligdag etter opplæringslova § 2-2'
    : 'Søknad om permisjon fra skolen etter opplæringslova § 2-2',
  `Fra ${written(firstDay)} til og med ${written(lastDay)}.`,
  ...(reason === null ? [] : [`Begrunnelse: ${reason}`]),
  hearings[hearing],
  ...(childView === null ? [] : [`Barnet mener: ${childView}`]),
];

const hearings = {
  SAID: 'Barnet har sagt hva det mener.',
  DID_NOT_WISH: 'Barnet er spurt og ønsket ikke å si noe.',
  NOT_ASKED: 'Barnet er ikke spurt ennå.',
} as const;

const exceptions = {
  WEIGHTY_WELFARE_GROUNDS: 'Unntak fra forskriften: tungtveiende velferdsgrunner.',
  EXAM_DAY: 'Unntak fra forskriften: dag med prøve eller eksamen.',
} as const;

/** What tells whether a case needs what was written any more. */
export interface ArchivedLeave {
  readonly leaveId: string;
  readonly state: Leave['state'];
  readonly lastDay: LocalDate;
  readonly decidedAt: Date | null;
  /** Which decision stands; null where there is none. */
  readonly lastDecision: number | null;
  /** When each guardian opened it, as far as they have. */
  readonly openedAt: readonly (Date | null)[];
  readonly complaints: readonly Pick<LeaveComplaint, 'nth' | 'forwardedAt'>[];
}

/** Nobody is heard with a complaint later than that, whenever the decision arrived (fvl. § 31). */
const latestComplaintDays = 366;

/**
 * True when nothing that was written is needed here any more, given that the archive has it (RET-02): the days are over, and no complaint
 * waits or can still come (RET-07, ADM-03).
 */
export function isOver(leave: ArchivedLeave, today: LocalDate): boolean {
  const { state, lastDay, decidedAt, lastDecision, openedAt, complaints } = leave;
  if (lastDay >= today || state === 'APPLIED') return false;
  if (state === 'WITHDRAWN') return true;
  if (decidedAt === null || lastDecision === null) return false;
  const states = complaints.map((one) => complaintStateOf(one, { lastDecision, state }));
  if (states.includes('RECEIVED')) return false;
  if (addDays(localDateAt(decidedAt), latestComplaintDays) < today) return true;
  const isTimeOver = openedAt.every((at) => at !== null && complaintDeadline(at)! < today);
  return isTimeOver && openedAt.length > 0 && !states.includes('FORWARDED');
}

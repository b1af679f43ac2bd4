import { newId } from '@ranselpost/kit/ids';
import type { Visitor } from './visitor.ts';

/** A round as whoever moves it is answered. */
export interface Round {
  readonly id: string;
  readonly title: string;
  readonly state: 'DRAFT' | 'OPEN' | 'CLOSED' | 'ALLOCATED' | 'PUBLISHED' | 'APPEAL' | 'FINISHED';
  readonly seedCommitment: string | null;
  readonly seed: string | null;
}
export interface Finding {
  readonly kind: string;
  readonly key: string | null;
  readonly code: string | null;
  readonly unit: { readonly id: string } | null;
}
export interface Run {
  readonly id: string;
  readonly purpose: 'SIMULATION' | 'FINAL';
  readonly digest: string;
  readonly summary: {
    readonly children: number;
    readonly byWish: readonly number[];
    readonly none: number;
    readonly emptySeats: number;
  };
}

/** What has come of a change: what was asked for, or the code of why it was not done. */
export interface Came {
  readonly code?: string;
  readonly message?: string;
  readonly round?: Round;
  readonly isOverCapacity?: boolean;
  readonly application?: { readonly id: string; readonly version: number; readonly state: string };
  readonly receipt?: { readonly receivedAt: string };
  readonly claim?: { readonly id: string; readonly verdict: string | null };
  readonly run?: Run;
  readonly findings?: readonly Finding[];
  readonly offer?: { readonly id: string; readonly state: string; readonly startsOn: string };
  readonly place?: { readonly id: string; readonly to: string | null };
  readonly appeal?: { readonly id: string; readonly state: string; readonly isUpheld: boolean };
}

export const roundFields = 'id title state seedCommitment seed';
export const findingFields = 'kind key code unit { id }';
export const runFields = 'id purpose digest summary { children byWish none emptySeats }';

const moved = `... on AdmissionRoundMoved { round { ${roundFields} } }`;
const allocated = `${moved} ... on AllocationRefused { findings { ${findingFields} } }`;
const applied =
  '... on PlacementApplicationReceived { application { id version state } receipt { receivedAt } }';
const offered = '... on PlacementOfferChanged { offer { id state startsOn } }';
const appealed = '... on PlacementAppealChanged { appeal { id state isUpheld } }';
const decided = '... on PlacementClaimDecided { claim { id verdict } }';

/** What people do in admission: what of its answer is read, and its input where it is not named for it. */
const changes = {
  prepareApplication: [''],
  adoptStatutes: [''],
  planAdmissionRound: [`... on AdmissionRoundPlanned { round { ${roundFields} } }`],
  decideSeats: ['... on SeatsDecided { isOverCapacity }'],
  openAdmissionRound: [moved, 'MoveAdmissionRoundInput'],
  closeAdmissionRound: [moved, 'MoveAdmissionRoundInput'],
  openAppeals: [moved, 'MoveAdmissionRoundInput'],
  finishAdmissionRound: [moved, 'MoveAdmissionRoundInput'],
  simulateRound: [`... on RoundSimulated { run { ${runFields} } }`],
  allocateRound: [allocated, 'MoveAdmissionRoundInput'],
  discardAllocation: [allocated],
  publishRound: [allocated],
  savePlacementApplication: ['... on PlacementApplicationSaved { application { id version state } }'],
  submitPlacementApplication: [applied],
  changePlacementApplication: [applied],
  withdrawPlacementApplication: [''],
  claimPlacementPriority: ['... on PlacementPriorityClaimed { claim { id verdict } }'],
  assignPlacementClaim: [''],
  notePlacementProof: [decided],
  decidePlacementClaim: [decided],
  answerPlacementOffer: [offered],
  makePlacementOffer: [offered],
  resignPlace: ['... on PlaceResigned { place { id to } }'],
  noteSchoolStart: ['... on SchoolStartNoted { startsOn }'],
  changePlaceHours: ['... on PlaceHoursChanged { place { id from weeklyHours } }'],
  appealPlacementDecision: [appealed],
  movePlacementAppeal: [appealed],
} as const satisfies Readonly<Record<string, readonly [fields: string, input?: string]>>;

export type Change = keyof typeof changes;

/** Those which nobody does twice by the same key, as they are the same done twice. */
const keyless: ReadonlySet<Change> = new Set([
  ...(['prepareApplication', 'savePlacementApplication', 'withdrawPlacementApplication'] as const),
  ...(['claimPlacementPriority', 'assignPlacementClaim', 'notePlacementProof'] as const),
]);

/** Does something of admission. What is refused, or is not there for whoever asks, is answered by its code. */
export async function change(who: Visitor, mutation: Change, input: object): Promise<Came> {
  const [fields, named]: readonly [string, string?] = changes[mutation];
  const type = named ?? `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  const key = keyless.has(mutation) ? {} : { idempotencyKey: newId() };
  const { data, codes, status } = await who.ask<{ it: Came | null }>(
    `mutation Change($input: ${type}!) { it: ${mutation}(input: $input) { __typename ... on Refusal { code message } ${fields} } }`,
    { input: { ...key, ...input } },
  );
  return data?.it ?? { code: codes.join(', ') || String(status) };
}

/** How units rank whose statutes are as most are: by law, then brothers and sisters, then who is older. */
export const commonStatutes = (from: string) => ({
  from,
  priority: { mode: 'FIRST_MATCH', groups: ['law18', 'sibling'], criteria: ['AGE_OLDEST'] },
  ...{ noticeMonths: 0, keepWaiting: true, answerDays: 10, silenceDeclines: true },
});

/** A round for whoever applies, which may be closed on the day that it was opened. */
export const continuousRound = (title: string, admissionYear: number, unitIds: readonly string[]) => ({
  plan: { kind: 'CONTINUOUS', title, admissionYear, unitIds },
});

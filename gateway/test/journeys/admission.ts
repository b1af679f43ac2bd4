import { type Came, type Change, change } from '@ranselpost/infra/visitor/admission';
import type { Visitor } from '@ranselpost/infra/visitor/visitor';
import { expect } from 'vitest';

/** Does what no rule refuses here. */
export async function done(who: Visitor, mutation: Change, input: object): Promise<Came> {
  const came = await change(who, mutation, input);
  expect(came.code, `${mutation}: ${came.message}`).toBeUndefined();
  return came;
}

/** The code of what is refused. */
export const codeOf = async (who: Visitor, mutation: Change, input: object): Promise<string | undefined> =>
  (await change(who, mutation, input)).code;

/** What somebody reads to whom it is not refused. */
export async function read<Data>(who: Visitor, query: string, variables: object = {}): Promise<Data> {
  const { data, codes } = await who.ask<Data>(query, variables);
  expect(codes).toEqual([]);
  return data!;
}

interface Viewer {
  readonly viewer: {
    readonly id: string;
    readonly children: readonly {
      readonly id: string;
      readonly name: { readonly given: string } | null;
      readonly enrolments: readonly { readonly unit: { readonly id: string; readonly kind: string } }[];
    }[];
  };
}
export const viewerOf = async (who: Visitor): Promise<Viewer['viewer']> =>
  (
    await read<Viewer>(
      who,
      '{ viewer { id children { id name { given } enrolments { unit { id kind } } } } }',
    )
  ).viewer;

export const inOrder = (...unitIds: readonly string[]) =>
  unitIds.map((unitId, at) => ({ unitId, rank: at + 1 }));

interface Admitted {
  readonly child: {
    readonly placementOffers: readonly {
      readonly id: string;
      readonly state: string;
      readonly unit: { readonly id: string };
    }[];
    readonly places: readonly {
      readonly id: string;
      readonly from: string;
      readonly to: string | null;
      readonly unit: { readonly id: string };
    }[];
    readonly waitingEntries: readonly {
      readonly isActive: boolean;
      readonly unit: { readonly id: string };
    }[];
  };
}
/** What a guardian reads of what came of applying. */
export const admissionOf = async (who: Visitor, id: string): Promise<Admitted['child']> =>
  (
    await read<Admitted>(
      who,
      `query ($id: ID!) { child(id: $id) { placementOffers { id state unit { id } } places { id from to unit { id } }
        waitingEntries { isActive unit { id } } } }`,
      { id },
    )
  ).child;

/** Answers the one offer that waits. */
export async function answer(who: Visitor, childId: string, how: string): Promise<string | undefined> {
  const { placementOffers } = await admissionOf(who, childId);
  const open = placementOffers.filter(({ state }) => state === 'SENT');
  expect(open).toHaveLength(1);
  return (await done(who, 'answerPlacementOffer', { offerId: open[0]!.id, answer: how })).offer?.state;
}

interface Pool {
  readonly id: string;
  readonly group: string | null;
  readonly seats: number;
  readonly committed: number;
  readonly next: { readonly id: string } | null;
}
/** A unit's seats for small children in a year, as a case worker sees them. */
export async function poolOf(caseWorker: Visitor, id: string, year: number): Promise<Pool> {
  const { admissionUnit } = await read<{ admissionUnit: { placementPools: readonly Pool[] } }>(
    caseWorker,
    `query ($id: ID!, $year: Int!) { admissionUnit(id: $id) { placementPools(admissionYear: $year) {
      id group seats committed next { id } } } }`,
    { id, year },
  );
  return admissionUnit.placementPools.find(({ group }) => group === 'SMALL')!;
}

interface Outcomes {
  readonly placementApplication: {
    readonly state: string;
    readonly outcomes: readonly { readonly outcome: string; readonly reason: string }[] | null;
  };
}
export const outcomesOf = async (who: Visitor, id: string): Promise<Outcomes['placementApplication']> =>
  (
    await read<Outcomes>(
      who,
      `query ($id: ID!) { placementApplication(id: $id) { state outcomes(language: EN) { outcome reason } } }`,
      { id },
    )
  ).placementApplication;

const page = `query ($id: ID!) { admissionRound(id: $id) { checkPage { run { id digest } findings { kind key } } } }`;
interface Page {
  readonly admissionRound: {
    readonly checkPage: {
      readonly run: { readonly id: string; readonly digest: string };
      readonly findings: readonly { readonly kind: string; readonly key: string | null }[];
    };
  };
}

/** Looks at the check page, and publishes what has nothing to be settled. Answers what was to be seen. */
export async function publish(caseWorker: Visitor, roundId: string) {
  const { findings } = (await read<Page>(caseWorker, page, { id: roundId })).admissionRound.checkPage;
  if (findings.length > 0)
    expect(await codeOf(caseWorker, 'publishRound', { roundId, seen: [] })).toBe('E_NOT_PUBLISHABLE');
  const seen = findings.map(({ key }) => key);
  const { round } = await done(caseWorker, 'publishRound', { roundId, seen });
  return { kinds: findings.map(({ kind }) => kind), round: round! };
}

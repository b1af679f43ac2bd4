import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type KeptRun, compareRuns as compare } from '../domain/compare-runs.ts';
import { type Comparison, type Summary, summaryOf } from '../domain/compare.ts';
import type { Occupancy } from '../domain/occupancy.ts';
import { isCaseWorker } from '../domain/policy.ts';
import { type PublishedPool, namesIn } from '../domain/publication.ts';
import { type PublishFinding, toFinding } from '../domain/publish-finding.ts';
import { barsOf } from '../domain/publishing.ts';
import { mayRunAdmission } from '../domain/round-policy.ts';
import { type RunPlacement, placementsOf } from '../domain/run-reading.ts';
import * as overrides from '../store/overrides.ts';
import type { StoredOverride, StoredRun, StoredScenario } from '../domain/run-record.ts';
import * as publishings from '../store/round-publishings.ts';
import type { RoundPublishing } from '../store/round-publishings.ts';
import * as rounds from '../store/rounds.ts';
import * as runs from '../store/runs.ts';
import type { RunsWanted } from '../store/runs.ts';
import * as scenarios from '../store/scenarios.ts';
import { checkRound } from './check-round.ts';
import type { Deps } from './deps.ts';
import { loadFacts } from './load-facts.ts';
import { kept } from './prepare-run.ts';

/** What is for case workers, who are told of nobody by it: of applications they get the ids, and ask for those that they may see. */
const forCaseWorkers = <Value>(
  deps: Deps,
  actor: Actor,
  read: (tx: Tx) => Promise<Value>,
): Promise<Value | null> =>
  deps.db.asActor(actor, async (tx): Promise<Answer<Value | null>> => {
    const facts = await loadFacts(tx, actor, [], localDateAt(deps.now()));
    return aboutNobody(isCaseWorker(actor, facts) ? await read(tx) : null);
  });

/** Runs of a round, latest first; null where there are none for the actor. So with the following. */
export const readRuns = (
  deps: Deps,
  actor: Actor,
  wanted: RunsWanted,
): Promise<readonly StoredRun[] | null> => forCaseWorkers(deps, actor, (tx) => runs.page(tx, wanted));

export const readScenarios = (
  deps: Deps,
  actor: Actor,
  roundId: string,
): Promise<readonly StoredScenario[] | null> =>
  forCaseWorkers(deps, actor, (tx) => scenarios.ofRound(tx, roundId));

export const readScenario = (deps: Deps, actor: Actor, id: string): Promise<StoredScenario | null> =>
  forCaseWorkers(deps, actor, async (tx) => (await scenarios.byId(tx, id)) ?? null);

export const readOverrides = (
  deps: Deps,
  actor: Actor,
  roundId: string,
): Promise<readonly StoredOverride[] | null> =>
  forCaseWorkers(deps, actor, (tx) => overrides.ofRound(tx, roundId));

/** A run as it came out, from above. */
export interface RunOutcome {
  readonly summary: Summary;
  readonly pools: readonly (PublishedPool & { readonly filled: number })[];
}

/** A run as it was kept, with the applications in it that the actor sees. */
export interface ReadRun {
  readonly run: KeptRun;
  readonly seen: ReadonlySet<string>;
}

/** Runs by their ids; of those that there are not for the actor, nothing. Each is read once, whatever is asked of it. */
export async function readKeptRuns(
  deps: Deps,
  actor: Actor,
  runIds: readonly string[],
): Promise<ReadonlyMap<string, ReadRun>> {
  const found = await forCaseWorkers(deps, actor, async (tx) => {
    const all: [string, ReadRun][] = [];
    for (const id of runIds) {
      const stored = await runs.byId(tx, id);
      const given = stored === undefined ? undefined : await runs.given(tx, id);
      if (stored === undefined || given === undefined) continue;
      all.push([id, { run: kept(stored, given), seen: await runs.seen(tx, stored.roundId) }]);
    }
    return all;
  });
  return new Map(found ?? []);
}

export const outcomeOf = ({ run: { instance, result } }: ReadRun): RunOutcome => ({
  summary: summaryOf(instance, result),
  pools: Object.entries(result.pools).map(([pool, { seats, filled }]) => ({
    ...{ pool, seats, filled, ...namesIn(pool) },
  })),
});

export interface PlacementsWanted {
  readonly onlyRightWithout: boolean;
  readonly first: number;
  /** The application after which to go on. */
  readonly after: string | null;
}

/** What applications get that the actor sees; one more than wanted where there is more. */
export const placementsIn = (
  { run, seen }: ReadRun,
  { onlyRightWithout, first, after }: PlacementsWanted,
): readonly RunPlacement[] =>
  placementsOf(run, { onlyRightWithout })
    .filter(({ applicationId }) => seen.has(applicationId) && (after === null || applicationId > after))
    .slice(0, first + 1);

/** Two runs of one round side by side, with the applications that the actor sees. */
export type SeenComparison = Omit<Comparison, 'gain' | 'lose'> & SeenDisplacement;

export interface SeenDisplacement {
  readonly gainCount: number;
  readonly loseCount: number;
  readonly gain: readonly string[];
  readonly lose: readonly string[];
}

export const compareRuns = (
  deps: Deps,
  actor: Actor,
  { first, second }: { readonly first: string; readonly second: string },
): Promise<SeenComparison> =>
  deps.db.asActor(actor, async (tx): Promise<Answer<SeenComparison>> => {
    mayRunAdmission(actor, await loadFacts(tx, actor, [], localDateAt(deps.now())));
    const [one, other] = [await runBy(tx, first), await runBy(tx, second)];
    if (one.roundId !== other.roundId) throw new AppError('NOT_FOUND');
    const { gain, lose, ...rest } = compare(one, other);
    const seen = await runs.seen(tx, one.roundId);
    return aboutNobody({ ...rest, ...displacementSeen(seen, { gain, lose }) });
  });

/** How many of those named are told: whoever wants all looks at the runs. */
const mostNamed = 100;

function displacementSeen(
  seen: ReadonlySet<string>,
  { gain, lose }: Pick<Comparison, 'gain' | 'lose'>,
): SeenDisplacement {
  const named = (ids: readonly string[]): readonly string[] =>
    ids.filter((id) => seen.has(id)).slice(0, mostNamed);
  return { gainCount: gain.length, loseCount: lose.length, gain: named(gain), lose: named(lose) };
}

/** Of those who are displaced in a round, the ones whom the actor sees. */
export const readDisplaced = (
  deps: Deps,
  actor: Actor,
  roundId: string,
  displaced: Pick<Comparison, 'gain' | 'lose'>,
): Promise<SeenDisplacement | null> =>
  forCaseWorkers(deps, actor, async (tx) => displacementSeen(await runs.seen(tx, roundId), displaced));

/** That somebody has asked to publish a round: under way, or why it was not published. Null where nobody has, and once it is published. */
export const readPublishing = (deps: Deps, actor: Actor, roundId: string): Promise<RoundPublishing | null> =>
  forCaseWorkers(deps, actor, async (tx) => (await publishings.ofRound(tx, roundId)) ?? null);

/** The check page of a round (placement § 10). */
export interface CheckPage {
  readonly run: StoredRun;
  /** All that stands against publishing for whoever has seen nothing yet. */
  readonly findings: readonly PublishFinding[];
  readonly occupancy: readonly Occupancy[];
}

/** Null while a round is not allocated, and where there is none for the actor. */
export const readCheckPage = (deps: Deps, actor: Actor, roundId: string): Promise<CheckPage | null> =>
  forCaseWorkers(deps, actor, async (tx) => {
    const round = await rounds.byId(tx, roundId);
    if (round?.state !== 'allocated') return null;
    const { final, findings, occupancy } = await checkRound(tx, round);
    const unitIds = final.instance.kindergartens.map(({ id }) => id);
    return { run: final.run, findings: barsOf(findings).map((bar) => toFinding(bar, unitIds)), occupancy };
  });

/** A run as it was kept; fails where there is none for whoever asks. */
async function runBy(tx: Tx, runId: string): Promise<KeptRun & { readonly roundId: string }> {
  const run = await runs.byId(tx, runId);
  const given = run === undefined ? undefined : await runs.given(tx, runId);
  if (run === undefined || given === undefined) throw new AppError('NOT_FOUND');
  return { ...kept(run, given), roundId: run.roundId };
}

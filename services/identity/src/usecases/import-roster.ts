import { isPassing } from '@ranselpost/kit/database';
import { fact, tellAll } from '@ranselpost/kit/outbox';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { unitChangedV1 } from '@ranselpost/schema/events/identity/unit-changed.v1';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RosterFile } from '../clients/roster-file.ts';
import { type RosterRefusal, endsTooMuch } from '../domain/roster.ts';
import { standingEverywhere } from '../domain/feature.ts';
import * as acts from '../store/feature-acts.ts';
import * as places from '../store/places.ts';
import * as rosterUnits from '../store/roster-units.ts';
import * as known from '../store/roster-known.ts';
import * as staging from '../store/roster-staging.ts';
import { takeTurn } from '../store/turn.ts';
import * as units from '../store/units.ts';
import { type RosterDifference, compareRoster } from './compare-roster.ts';
import { type Deps, type EventDeps, today } from './deps.ts';
import { type StagedRoster, stageRoster } from './stage-roster.ts';
import { endPlaces, takeOverPersons } from './take-over-persons.ts';
import { toFeatureFacts } from './tell-features.ts';

/** What an import did. All zero: the file said what was known. */
export interface ImportReport {
  readonly units: number;
  readonly persons: number;
  readonly children: number;
  readonly staff: number;
  readonly wasGoneOnWith: boolean;
}

const batchSize = 500;

type Step = {
  readonly phase: staging.ImportPhase;
  readonly cursor: string;
  readonly did: Partial<ImportReport>;
};

export interface ImportOptions {
  readonly mayEndMuch: boolean;
  /** The digest of the difference that was shown: anything else is refused. */
  readonly shown?: string | undefined;
}

/**
 * Takes in a roster. Nothing of it counts before all of it has been read and holds together; then it is taken over in
 * transactions of a few hundred people, each with the place it has come to: a killed import goes on there when the same
 * roster is given again. One that was taken in changes nothing and tells nothing when it comes once more.
 */
export async function importRoster(
  deps: Deps,
  file: RosterFile,
  { mayEndMuch, shown }: ImportOptions,
): Promise<Result<ImportReport, RosterRefusal>> {
  if (await areImportsStopped(deps)) return refuse({ kind: 'imports-stopped' });
  const begun = await deps.db.asService((tx) => staging.openImport(tx));
  const isSame = begun?.state === 'APPLYING' && begun.digest === file.digest;
  const ready = isSame ? accept(begun) : await makeReady(deps, file, { mayEndMuch, shown });
  if (!ready.ok) return ready;
  let at: staging.OpenImport = ready.value;
  let report: ImportReport = { units: 0, persons: 0, children: 0, staff: 0, wasGoneOnWith: isSame };
  while (at.phase !== 'done') {
    // What is stopped half-way stays where it is, and goes on there.
    if (await areImportsStopped(deps)) return refuse({ kind: 'imports-stopped' });
    const { phase, cursor, did } = await persistently(() => takeOver(deps, at));
    at = { ...at, phase, cursor };
    report = {
      ...report,
      units: report.units + (did.units ?? 0),
      persons: report.persons + (did.persons ?? 0),
      children: report.children + (did.children ?? 0),
      staff: report.staff + (did.staff ?? 0),
    };
  }
  return accept(report);
}

/** Nothing stated of it is no stop: the first roster comes before anybody who could state anything (X07). */
const areImportsStopped = (deps: Deps): Promise<boolean> =>
  persistently(() =>
    deps.db.asService(async (tx) => {
      const standing = standingEverywhere(await acts.all(tx, 'IMPORTS'), today(deps));
      return standing !== undefined && standing.state !== 'OPEN';
    }),
  );

/** Reads a roster and says what it would change; nothing of it counts. */
export async function showRoster(
  deps: Deps,
  file: RosterFile,
): Promise<Result<RosterDifference, RosterRefusal>> {
  const open = await deps.db.asService((tx) => staging.openImport(tx));
  if (open?.state === 'APPLYING') return refuse({ kind: 'another-is-unfinished' });
  const staged = await stageRoster(deps, file);
  if (!staged.ok) return staged;
  const difference = await compareRoster(deps, staged.value, file.digest);
  await deps.db.asService((tx) => staging.setState(tx, staged.value.begun.importId, 'SHOWN'));
  return accept(difference);
}

/** Reads a roster and lets it through when it does what was meant. */
async function makeReady(
  deps: Deps,
  file: RosterFile,
  { mayEndMuch, shown }: ImportOptions,
): Promise<Result<staging.OpenImport, RosterRefusal>> {
  const staged = await stageRoster(deps, file);
  if (!staged.ok) return staged;
  const { begun } = staged.value;
  const refusal = await whyNotMeant(deps, file, staged.value, { mayEndMuch, shown });
  await deps.db.asService((tx) => staging.setState(tx, begun.importId, refusal ? 'REFUSED' : 'APPLYING'));
  return refusal ? refuse(refusal) : accept({ ...begun, state: 'APPLYING' });
}

async function whyNotMeant(
  deps: Deps,
  file: RosterFile,
  staged: StagedRoster,
  { mayEndMuch, shown }: ImportOptions,
): Promise<RosterRefusal | undefined> {
  const { ending, current } = await deps.db.asService((tx) => staging.endings(tx, staged.begun));
  if (!mayEndMuch && endsTooMuch(ending, current)) return { kind: 'ends-too-much', ending, current };
  if (shown === undefined) return undefined;
  const { digest } = await compareRoster(deps, staged, file.digest);
  return digest === shown ? undefined : { kind: 'not-what-was-shown' };
}

/** Does one batch of one phase, with the place it has come to, in one transaction. */
async function takeOver(deps: Deps, at: staging.OpenImport): Promise<Step> {
  return deps.db.asService(async (tx) => {
    await takeTurn(tx);
    const step = await phases[at.phase]({ ...deps, db: tx }, at);
    if (step.phase === 'done') await staging.setState(tx, at.importId, 'DONE');
    await staging.moveOn(tx, at.importId, step.phase, step.cursor);
    return step;
  });
}

const nothingEnds = { last: undefined, children: 0, staff: 0 };

const phases: Readonly<
  Record<staging.ImportPhase, (deps: EventDeps, at: staging.OpenImport) => Promise<Step>>
> = {
  units: async (deps, { source, cursor }) => {
    if (cursor === '') await rosterUnits.renameUnits(deps.db, source);
    const { last, changed } = await rosterUnits.takeOverUnits(deps.db, source, cursor, batchSize);
    await tellUnits(deps, changed);
    const did = { units: changed.length };
    if (last !== undefined) return { phase: 'units', cursor: last, did };
    await rosterUnits.tieUnits(deps.db, source);
    return { phase: 'groups', cursor: '', did };
  },
  groups: async ({ db }, { source, cursor }) => {
    const last = await rosterUnits.takeOverGroups(db, source, cursor, batchSize);
    return last === undefined
      ? { phase: 'persons', cursor: '', did: {} }
      : { phase: 'groups', cursor: last, did: {} };
  },
  persons: async (deps, at) => {
    const { last, ...did } = await takeOverPersons(deps, at, batchSize);
    return last === undefined
      ? { phase: 'endings', cursor: '', did }
      : { phase: 'persons', cursor: last, did };
  },
  endings: async (deps, at) => {
    const isFull = at.type === 'full';
    // Whom a roster of changes leaves out, it says nothing about.
    const { last, ...did } = isFull ? await endPlaces(deps, at, batchSize) : nothingEnds;
    if (last !== undefined) return { phase: 'endings', cursor: last, did };
    await places.closeLogins(deps.db, at.source, isFull);
    const closed = await rosterUnits.closeMissing(deps.db, at.source);
    await known.keepTheRest(deps.db, at);
    await tellUnits(deps, closed);
    return { phase: 'done', cursor: '', did: { units: closed.length } };
  },
  done: async () => ({ phase: 'done', cursor: '', did: {} }),
};

const tellUnits = async (deps: EventDeps, ids: readonly string[]): Promise<void> =>
  tellAll(deps.db, [
    ...(await units.told(deps.db, ids)).map((unit) => fact(unitChangedV1, unit)),
    ...(await toFeatureFacts(deps)),
  ]);

/** Tries again while the database is away or busy with somebody else: a batch is done once or not at all. */
async function persistently<Value>(work: () => Promise<Value>): Promise<Value> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= 20 || !isPassing(error)) throw error;
      await sleep(Math.min(5_000, 100 * 2 ** attempt));
    }
  }
}

import { isPassing } from '@ranselpost/kit/database';
import { fact, tellAll } from '@ranselpost/kit/outbox';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { unitChangedV1 } from '@ranselpost/schema/events/identity/unit-changed.v1';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RosterFault } from '../domain/roster.ts';
import * as places from '../store/places.ts';
import * as rosterUnits from '../store/roster-units.ts';
import * as staging from '../store/roster-staging.ts';
import { takeTurn } from '../store/turn.ts';
import * as units from '../store/units.ts';
import type { Deps, EventDeps } from './deps.ts';
import { endPlaces, takeOverPersons } from './take-over-persons.ts';
import { type RosterFile, stageRoster } from './stage-roster.ts';

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

/**
 * Takes in a roster file. Nothing of it counts before all of it has been read and holds together; then it is taken over
 * in transactions of a few hundred people, each with the place it has come to: a killed import goes on there when the
 * same file is given again. A file that was taken in changes nothing and tells nothing when it comes once more.
 */
export async function importRoster(
  deps: Deps,
  file: RosterFile,
  options: { readonly mayEndMuch: boolean },
): Promise<Result<ImportReport, RosterFault>> {
  const begun = await deps.db.asService((tx) => staging.openImport(tx));
  const isSame = begun?.state === 'APPLYING' && begun.digest === file.digest;
  const staged = isSame ? accept(begun) : await stageRoster(deps, file, options);
  if (!staged.ok) return staged;
  let at: staging.OpenImport = staged.value;
  let report: ImportReport = { units: 0, persons: 0, children: 0, staff: 0, wasGoneOnWith: isSame };
  while (at.phase !== 'done') {
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

const phases: Readonly<
  Record<staging.ImportPhase, (deps: EventDeps, at: staging.OpenImport) => Promise<Step>>
> = {
  units: async (deps, { source, cursor }) => {
    const { last, changed } = await rosterUnits.takeOverUnits(deps.db, source, cursor, batchSize, deps.newId);
    await tellUnits(deps, changed);
    const did = { units: changed.length };
    if (last !== undefined) return { phase: 'units', cursor: last, did };
    await rosterUnits.tieUnits(deps.db, source);
    return { phase: 'groups', cursor: '', did };
  },
  groups: async ({ db, newId }, { source, cursor }) => {
    const last = await rosterUnits.takeOverGroups(db, source, cursor, batchSize, newId);
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
    const did = await endPlaces(deps, at, batchSize);
    if (did.children + did.staff > 0) return { phase: 'endings', cursor: '', did };
    await places.closeLogins(deps.db, at.source);
    const closed = await rosterUnits.closeMissing(deps.db, at.source);
    await tellUnits(deps, closed);
    return { phase: 'done', cursor: '', did: { units: closed.length } };
  },
  done: async () => ({ phase: 'done', cursor: '', did: {} }),
};

const tellUnits = async ({ db }: EventDeps, ids: readonly string[]): Promise<void> =>
  tellAll(
    db,
    (await units.told(db, ids)).map((unit) => fact(unitChangedV1, unit)),
  );

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

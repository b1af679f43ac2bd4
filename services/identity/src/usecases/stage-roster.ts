import type {
  RosterFault,
  RosterGroup,
  RosterHead,
  RosterItem,
  RosterMember,
  RosterPerson,
} from '../domain/roster.ts';
import { endsTooMuch } from '../domain/roster.ts';
import { RosterFileError, readRoster } from '../clients/pifu/read.ts';
import * as staging from '../store/roster-staging.ts';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { acceptNumber, toStored } from './accept-number.ts';
import { type Deps, today } from './deps.ts';

/** A roster file that can be read from its beginning. `digest` says whether it is the one that was begun before. */
export interface RosterFile {
  readonly digest: string;
  open(): AsyncIterable<string>;
}

const batchSize = 1_000;

/**
 * Reads a file from end to end into tables of its own, where it changes nothing, and looks whether it holds together.
 * At the first fault it is put aside whole, and the fault says the line.
 */
export async function stageRoster(
  deps: Deps,
  file: RosterFile,
  { mayEndMuch }: { readonly mayEndMuch: boolean },
): Promise<Result<staging.OpenImport, RosterFault>> {
  try {
    const begun = await readIn(deps, file);
    const fault = await faultOfWhole(deps, begun, mayEndMuch);
    if (fault !== undefined) throw new RosterFileError(fault.kind, fault.line, fault.what);
    await deps.db.asService((tx) => staging.setState(tx, begun.importId, 'APPLYING'));
    return accept({ ...begun, state: 'APPLYING' });
  } catch (error) {
    if (!(error instanceof RosterFileError)) throw error;
    await deps.db.asService(async (tx) => {
      const begun = await staging.openImport(tx);
      if (begun !== undefined) await staging.setState(tx, begun.importId, 'REFUSED');
    });
    return refuse({ kind: error.kind, line: error.line, what: error.what });
  }
}

async function readIn(deps: Deps, file: RosterFile): Promise<staging.OpenImport> {
  let begun: staging.OpenImport | undefined;
  const waiting: Exclude<RosterItem, RosterHead>[] = [];
  const flush = async () => {
    const some = waiting.splice(0);
    if (some.length > 0) await stage(deps, some);
  };
  for await (const item of readRoster(file.open())) {
    if (item.kind === 'head') {
      if (begun !== undefined) throw new RosterFileError('twice', item.line, 'properties');
      begun = await begin(deps, file, item);
      continue;
    }
    if (begun === undefined) throw new RosterFileError('not-a-roster', item.line, 'properties');
    // Each kind has its table: a batch is of one kind.
    if (waiting.length >= batchSize || (waiting[0] !== undefined && waiting[0].kind !== item.kind))
      await flush();
    waiting.push(item);
  }
  await flush();
  if (begun === undefined) throw new RosterFileError('missing', 1, 'properties');
  return begun;
}

async function begin(
  { db, newId, ...deps }: Deps,
  file: RosterFile,
  head: RosterHead,
): Promise<staging.OpenImport> {
  const begun = { importId: newId(), digest: file.digest, source: head.source, day: today(deps) };
  await db.asService((tx) => staging.begin(tx, begun));
  return { ...begun, state: 'READING', phase: 'units', cursor: '' };
}

async function stage(deps: Deps, items: readonly Exclude<RosterItem, RosterHead>[]): Promise<void> {
  const kind = items[0]!.kind;
  const repeated = await deps.db.asService((tx) => {
    if (kind === 'person')
      return staging.stagePersons(
        tx,
        (items as readonly RosterPerson[]).map((person) => toStaged(deps, person)),
      );
    return kind === 'group'
      ? staging.stageGroups(tx, items as readonly RosterGroup[])
      : staging.stageMembers(tx, items as readonly RosterMember[]);
  });
  if (repeated[0] !== undefined) throw new RosterFileError('twice', repeated[0], kind);
}

function toStaged(deps: Deps, { key, line, login, number }: RosterPerson): staging.StagedPerson {
  const accepted = acceptNumber(deps.numbers, number);
  if (!accepted.ok) throw new RosterFileError('number-not-accepted', line, accepted.refusal.kind);
  return { key, line, login, number: toStored(deps.numbers, deps.newId(), number, accepted.value) };
}

async function faultOfWhole(
  { db }: Deps,
  { source, day }: staging.OpenImport,
  mayEndMuch: boolean,
): Promise<RosterFault | undefined> {
  return db.asService(async (tx) => {
    const dangling = await staging.firstDangling(tx);
    if (dangling !== undefined) return { ...dangling, what: 'sourcedid/id' };
    const { ending, current } = await staging.endings(tx, source, day);
    return !mayEndMuch && endsTooMuch(ending, current)
      ? { kind: 'ends-too-much' as const, line: 0, what: `${ending} of ${current} children` }
      : undefined;
  });
}

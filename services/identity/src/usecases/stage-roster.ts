import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import type { RosterFile } from '../clients/roster-file.ts';
import {
  type RosterGroup,
  type RosterHead,
  type RosterMember,
  type RosterPerson,
  type RosterRefusal,
  type Where,
  faultList,
} from '../domain/roster.ts';
import * as settling from '../store/roster-settling.ts';
import * as staging from '../store/roster-staging.ts';
import { acceptNumber, toStored } from './accept-number.ts';
import { type Deps, today } from './deps.ts';

/** A file that was read and holds together; of what it has that we have no use for, how much. */
export interface StagedRoster {
  readonly begun: staging.OpenImport;
  readonly passedOver: ReadonlyMap<string, number>;
}

type Content = RosterPerson | RosterGroup | RosterMember;
type Faults = ReturnType<typeof faultList>;

const batchSize = 1_000;
const mostFaults = 500;

/**
 * Reads a file from end to end into tables of its own, where it changes nothing, and looks whether it holds together.
 * With anything wrong it is put aside whole, and every fault says its line.
 */
export async function stageRoster(
  deps: Deps,
  file: RosterFile,
): Promise<Result<StagedRoster, Extract<RosterRefusal, { kind: 'faults' }>>> {
  const faults = faultList(mostFaults);
  const passedOver = new Map<string, number>();
  const begun = await readIn(deps, file, faults, passedOver);
  await deps.db.asService((tx) => settling.renameKeys(tx));
  if (begun.type === 'changes') await deps.db.asService((tx) => settling.fillUp(tx, begun.source));
  const { total, faults: found } = await deps.db.asService((tx) => settling.contradictions(tx, mostFaults));
  faults.add(found, total);
  const refusal = faults.toRefusal();
  if (refusal !== undefined) {
    await deps.db.asService((tx) => staging.setState(tx, begun.importId, 'REFUSED'));
    return refuse(refusal);
  }
  await deps.db.asService(async (tx) => {
    await settling.takeOutDropped(tx);
    await settling.findKnown(tx, begun.source);
  });
  return accept({ begun, passedOver });
}

async function readIn(
  deps: Deps,
  file: RosterFile,
  faults: Faults,
  passedOver: Map<string, number>,
): Promise<staging.OpenImport> {
  let begun: staging.OpenImport | undefined;
  const waiting: Content[] = [];
  const flush = async () => {
    const some = waiting.splice(0);
    if (some.length > 0) await stage(deps, some, faults);
  };
  for await (const item of file.read()) {
    if (item.kind === 'fault') faults.add([item.fault]);
    else if (item.kind === 'passed-over') passedOver.set(item.what, (passedOver.get(item.what) ?? 0) + 1);
    else if (item.kind === 'head') {
      if (begun !== undefined) faults.add([{ ...whereOf(item), kind: 'twice', what: 'properties' }]);
      else begun = await begin(deps, file, item, faults);
    } else {
      begun ??= await beginHeadless(deps, file, faults);
      // Each kind has its table: a batch is of one kind.
      if (waiting.length >= batchSize || (waiting[0] !== undefined && waiting[0].kind !== item.kind))
        await flush();
      waiting.push(item);
    }
  }
  await flush();
  return begun ?? (await beginHeadless(deps, file, faults));
}

const whereOf = ({ file, line }: Where): Where => ({ file, line });

async function begin(deps: Deps, file: RosterFile, head: RosterHead, faults: Faults) {
  const { source, type, writtenAt } = head;
  const { newId, db, now } = deps;
  const before = await db.asService((tx) => staging.newest(tx, source));
  if (type === 'changes' && before === undefined)
    faults.add([{ ...whereOf(head), kind: 'nothing-to-change-yet', what: 'properties/type' }]);
  // What was written before what is known says nothing of today (S-24), and what was written tomorrow would shut out today's.
  const isOld =
    before?.writtenAt != null && writtenAt !== null && Date.parse(writtenAt) < Date.parse(before.writtenAt);
  if (isOld) faults.add([{ ...whereOf(head), kind: 'older-than-known', what: 'properties/datetime' }]);
  const isOfTomorrow = writtenAt !== null && Date.parse(writtenAt) > now().getTime() + 86_400_000;
  if (isOfTomorrow) faults.add([{ ...whereOf(head), kind: 'not-a-date', what: 'properties/datetime' }]);
  const begun = { importId: newId(), digest: file.digest, source, type, writtenAt, day: today(deps) };
  await db.asService((tx) => staging.begin(tx, begun));
  return { ...begun, state: 'READING', phase: 'units', cursor: '' } as const;
}

/** What follows a head that says nothing is read all the same, for its faults. */
async function beginHeadless(deps: Deps, file: RosterFile, faults: Faults): Promise<staging.OpenImport> {
  if (faults.toRefusal() === undefined)
    faults.add([{ kind: 'missing', file: null, line: 1, what: 'properties' }]);
  const head = { kind: 'head', file: null, line: 1, source: '', type: 'full', writtenAt: null } as const;
  return begin(deps, file, head, faults);
}

async function stage(deps: Deps, items: readonly Content[], faults: Faults): Promise<void> {
  const { db } = deps;
  switch (items[0]!.kind) {
    case 'person':
      return stagePersons(deps, items as readonly RosterPerson[], faults);
    case 'group': {
      const groups = (items as readonly RosterGroup[]).map((group) => ({ ...group, ourId: deps.newId() }));
      const repeated = await db.asService(async (tx) => [
        ...(await staging.stageGroups(tx, groups)),
        ...(await staging.stageFormer(tx, groups)),
      ]);
      return faults.add(repeated.map((item) => ({ ...whereOf(item), kind: 'twice', what: 'group' })));
    }
    case 'member':
      return db.asService((tx) => staging.stageMembers(tx, items as readonly RosterMember[]));
  }
}

async function stagePersons(deps: Deps, items: readonly RosterPerson[], faults: Faults): Promise<void> {
  const persons = items.map(({ number, ...person }) => {
    const candidateId = deps.newId();
    return {
      ...person,
      candidateId,
      number: toStagedNumber(deps, { ...person, number }, candidateId, faults),
    };
  });
  const repeated = await deps.db.asService(async (tx) => {
    const again = await staging.stagePersons(tx, persons);
    // The key stands, so that whatever names it is not a fault too.
    await staging.stagePersons(
      tx,
      again.map((person) => ({ ...person, number: null, login: null })),
    );
    return [...again, ...(await staging.stageFormer(tx, items))];
  });
  faults.add(repeated.map((item) => ({ ...whereOf(item), kind: 'twice', what: 'person' })));
}

function toStagedNumber(deps: Deps, person: RosterPerson, candidateId: string, faults: Faults) {
  if (person.number === null) return null;
  const accepted = acceptNumber(deps.numbers, person.number);
  if (accepted.ok) return toStored(deps.numbers, candidateId, person.number, accepted.value);
  faults.add([{ ...whereOf(person), kind: 'number-not-accepted', what: accepted.refusal.kind }]);
  return null;
}

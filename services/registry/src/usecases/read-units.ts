import { lookupHash } from '@ranselpost/kit/numbers';
import { tell } from '@ranselpost/kit/outbox';
import { seal } from '@ranselpost/kit/seal';
import { unitRecordedV1 } from '@ranselpost/schema/events/registry/unit-recorded.v1';
import { RegisterFault } from '@ranselpost/kit/outside/fault';
import {
  type Organisation,
  type UnitRow,
  type UnitSource,
  readOrganisation,
  readUnitPage,
  parentOf,
  toUnitRecord,
} from '../domain/to-unit-record.ts';
import * as units from '../store/units.ts';
import type { ReadDeps } from './deps.ts';
import { readingsMade } from './metrics.ts';

/** Enhetsregisteret changes without a word in the other two. */
const longestDays = 6;
const atOnce = 4;
const mostPages = 100;
/** A unit lies under a department, that under another, and that under the municipality. */
const mostSteps = 6;

/** Who the owners are, asked for once in a round. */
type Owners = Map<string, Promise<Organisation | null>>;

/**
 * Looks through the units that the registers list for the municipality, once a day, and tells of each that is another than
 * was told last, also of those that they list no more. A unit that cannot be read is left for the next day: what was told
 * of it stands. One that both registers list is a school.
 */
export async function readUnits(deps: ReadDeps, signal: AbortSignal): Promise<void> {
  const { db, log, units: registers } = deps;
  if (!(await db.asService((tx) => units.isDue(tx, registers.pollMs)))) return;
  const schools = await list(deps, 'nsr');
  const numbers = new Set(schools.map(({ organisationNumber }) => organisationNumber));
  const kindergartens = (await list(deps, 'nbr')).filter((row) => !numbers.has(row.organisationNumber));
  const owners: Owners = new Map();
  for (const [source, listed] of [
    ['nsr', schools],
    ['nbr', kindergartens],
  ] as const) {
    const wanted = await db.asService((tx) => units.toRead(tx, source, listed, longestDays));
    for (let at = 0; at < wanted.length && !signal.aborted; at += atOnce)
      await Promise.all(wanted.slice(at, at + atOnce).map((row) => readOne(deps, source, row, owners)));
    log.info('units were looked through', { register: source, count: listed.length });
  }
  if (!signal.aborted) await db.asService(units.done);
}

async function list({ units: registers }: ReadDeps, source: UnitSource): Promise<readonly UnitRow[]> {
  const rows = new Map<string, UnitRow>();
  for (let page = 1; page <= mostPages; page += 1) {
    const read = readUnitPage(await registers.list(source, page));
    if (read === null) throw unreadable(source, 'units');
    for (const row of read.rows) rows.set(row.organisationNumber, row);
    if (page >= read.pages) break;
  }
  return [...rows.values()];
}

async function readOne(deps: ReadDeps, source: UnitSource, row: UnitRow, owners: Owners): Promise<void> {
  const { db, keys, log, units: registers } = deps;
  const { organisationNumber } = row;
  const unitKey = lookupHash(keys.lookup, `unit ${organisationNumber}`).toString('base64url');
  try {
    const detail = await registers.detail(source, organisationNumber);
    const record = detail === undefined ? undefined : await readRecord(deps, source, row, detail, owners);
    const isTold = await db.asService(async (tx) => {
      const telling =
        record === undefined
          ? await units.strikeOff(tx, organisationNumber)
          : await units.settle(tx, { ...row, source, record });
      if (telling === undefined) return false;
      const { revision, record: told } = telling;
      const sealed = await seal(keys.seals, unitKey, told);
      await tell(tx, unitRecordedV1, { unitKey, revision, readAt: new Date().toISOString(), sealed });
      return true;
    });
    readingsMade.inc({ register: source, outcome: isTold ? 'told' : 'unchanged' });
  } catch (error) {
    if (!(error instanceof RegisterFault) || error.kind === 'away') throw error;
    readingsMade.inc({ register: source, outcome: 'unreadable' });
    log.error('a unit cannot be read', { ...error.details, unitId: unitKey });
  }
}

async function readRecord(
  { units: registers }: ReadDeps,
  source: UnitSource,
  { organisationNumber }: UnitRow,
  detail: unknown,
  owners: Owners,
) {
  const subUnit = await registers.subUnit(organisationNumber);
  const parent = parentOf(subUnit);
  const owner = parent === null ? null : await topOf(registers, parent, owners);
  const record = toUnitRecord({ source, detail, subUnit, owner, municipality: registers.municipality });
  if (record?.organisationNumber !== organisationNumber) throw unreadable(source, 'unit');
  return record;
}

/** The organisation that everything above a unit belongs to in the end: what lies between are the owner's departments. */
async function topOf(
  { organisation }: ReadDeps['units'],
  parent: string,
  owners: Owners,
): Promise<Organisation> {
  let top: Organisation = { organisationNumber: parent, name: null, parent: null };
  let next: string | null = parent;
  for (let step = 0; next !== null && step < mostSteps; step += 1) {
    const number: string = next;
    if (!owners.has(number)) owners.set(number, organisation(number).then(readOrganisation));
    top = (await owners.get(number)) ?? { organisationNumber: number, name: null, parent: null };
    next = top.parent;
  }
  return top;
}

const unreadable = (register: UnitSource, operation: string): RegisterFault =>
  new RegisterFault('refused', { register, operation, code: 'shape' });

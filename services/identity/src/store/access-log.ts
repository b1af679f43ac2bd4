import type { StaffRead } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type {
  Block,
  BlockHead,
  BrokenLink,
  LogEntry,
  SealedBlock,
  SealedEntry,
} from '../domain/access-log.ts';
import { idsOf, json } from './json.ts';

/** Keeps what a request here has told staff, in the request's own transaction and as the request's own role. */
export async function keepRead(
  tx: Tx,
  { readId, readerId, capacity, tabletId, reads }: StaffRead,
): Promise<void> {
  await tx.execute(sql`
    insert into staff_read (read_id, reader_id, capacity, tablet_id, reads)
    values (${readId}, ${readerId}, ${capacity}, ${tabletId ?? null}, ${json(reads)})`);
}

/** What another service has told staff. */
export interface ReadElsewhere extends StaffRead {
  readonly service: string;
  readonly readAt: string;
}

export async function keepReadsElsewhere(tx: Tx, reads: readonly ReadElsewhere[]): Promise<void> {
  await tx.execute(sql`
    insert into staff_read (read_id, service, reader_id, capacity, tablet_id, read_at, reads)
    select (r->>'readId')::uuid, r->>'service', (r->>'readerId')::uuid, r->>'capacity', (r->>'tabletId')::uuid, (r->>'readAt')::timestamptz, r->'reads'
    from jsonb_array_elements(${json(reads)}) as r
    on conflict (read_id) do nothing`);
}

/** Answers that wait to be sealed, oldest first, each with its entries. */
export async function waiting(tx: Tx, most: number): Promise<readonly LogEntry[]> {
  const rows = await tx.execute<{
    read_id: string;
    service: string;
    reader_id: string;
    capacity: string;
    tablet_id: string | null;
    read_at: string;
    reads: readonly Pick<LogEntry, 'childId' | 'kind' | 'unitId' | 'role' | 'rule'>[];
  }>(sql`
    select read_id, service, reader_id, capacity, tablet_id, read_at, reads from staff_read
    order by read_at, read_id limit ${most}`);
  return rows.flatMap((row) =>
    row.reads.map(({ childId, kind, unitId, role, rule }) => ({
      readId: row.read_id,
      service: row.service,
      readerId: row.reader_id,
      capacity: row.capacity,
      tabletId: row.tablet_id,
      ...{ childId, kind, unitId, role, rule },
      readAt: new Date(row.read_at).toISOString(),
    })),
  );
}

/** How many seconds the oldest answer has waited; nought when none waits. */
export async function oldestWaiting(tx: Tx): Promise<number> {
  const [row] = await tx.execute<{ seconds: number }>(sql`
    select coalesce(extract(epoch from now() - min(read_at)), 0)::float8 as seconds from staff_read`);
  return row?.seconds ?? 0;
}

/** Adds a block; what it holds waits no longer. */
export async function append(tx: Tx, block: SealedBlock): Promise<void> {
  const { entries, ...head } = block;
  await tx.execute(sql`
    insert into access_log_block (number, sealed_at, entry_count, previous_hash, hash)
    values (${head.number}, ${head.sealedAt}::timestamptz, ${head.entryCount}, decode(${head.previousHash}, 'hex'), decode(${head.hash}, 'hex'))`);
  await tx.execute(sql`
    insert into access_log (block, place, read_id, service, reader_id, capacity, tablet_id, child_id, kind, unit_id, role, rule, read_at, hash)
    select ${head.number}, (e->>'place')::integer, (e->>'readId')::uuid, e->>'service', (e->>'readerId')::uuid, e->>'capacity',
      (e->>'tabletId')::uuid, (e->>'childId')::uuid, e->>'kind', (e->>'unitId')::uuid, e->>'role', e->>'rule', (e->>'readAt')::timestamptz, decode(e->>'hash', 'hex')
    from jsonb_array_elements(${json(entries)}) as e`);
  const readIds = [...new Set(entries.map(({ readId }) => readId))];
  await tx.execute(sql`delete from staff_read where read_id = any (${idsOf(readIds)})`);
}

const head = sql`number::float8 as number, encode(hash, 'hex') as hash`;

/** The last block; undefined while there is none. */
export async function lastBlock(tx: Tx): Promise<BlockHead | undefined> {
  const [row] = await tx.execute<BlockHead & Record<string, unknown>>(
    sql`select ${head} from access_log_block order by access_log_block.number desc limit 1`,
  );
  return row;
}

/** The last block, when others have not been told of it or one as late, nor of any for `everySeconds`. */
export async function headToTell(tx: Tx, everySeconds: number): Promise<BlockHead | undefined> {
  const [row] = await tx.execute<BlockHead & Record<string, unknown>>(sql`
    select ${head} from access_log_block b
    where not exists (
      select from access_log_head h
      where h.number >= b.number or h.told_at > now() - ${everySeconds} * interval '1 second')
    order by b.number desc limit 1`);
  return row;
}

export async function noteTold(tx: Tx, { number }: BlockHead): Promise<void> {
  await tx.execute(sql`insert into access_log_head (number) values (${number})`);
}

/** Blocks with their entries, from one on, in order. */
export async function blocks(tx: Tx, from: number, most: number): Promise<readonly SealedBlock[]> {
  const heads = await tx.execute<Block & Record<string, unknown>>(sql`
    select number::float8 as number, sealed_at as "sealedAt", encode(previous_hash, 'hex') as "previousHash",
      encode(hash, 'hex') as hash, entry_count as "entryCount"
    from access_log_block where number >= ${from} order by access_log_block.number limit ${most}`);
  const last = heads.at(-1)?.number;
  if (last === undefined) return [];
  const entries = await tx.execute<SealedEntry & { block: number } & Record<string, unknown>>(sql`
    select block::float8 as block, place, read_id as "readId", service, reader_id as "readerId", capacity, tablet_id as "tabletId", child_id as "childId",
      kind, unit_id as "unitId", role, rule, read_at as "readAt", encode(hash, 'hex') as hash
    from access_log where block between ${from} and ${last} order by access_log.block, place`);
  const byBlock = Map.groupBy(entries, ({ block }) => block);
  return heads.map((row) => ({
    ...row,
    sealedAt: new Date(row.sealedAt).toISOString(),
    entries: (byBlock.get(row.number) ?? []).map((entry) => ({
      ...entry,
      readAt: new Date(entry.readAt).toISOString(),
    })),
  }));
}

/** An entry that lies outside of all blocks: before the first or after the last. */
export async function strayEntry(tx: Tx, lastBlock: number): Promise<BrokenLink | undefined> {
  const [row] = await tx.execute<{ block: number; place: number }>(sql`
    select block::float8 as block, place from access_log
    where block > ${lastBlock} or block < (select min(number) from access_log_block)
    order by access_log.block, place limit 1`);
  return row === undefined ? undefined : { block: row.block, entry: row.place, fault: 'entry-added' };
}

/** Forgets up to one minute of what is older than may be kept; false when there is nothing (RET-10). */
export async function forgetOldest(tx: Tx): Promise<boolean> {
  const [row] = await tx.execute<{ kept: string | null }>(sql`select forget_access_log() as kept`);
  return row?.kept !== null && row !== undefined;
}

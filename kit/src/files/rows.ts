import { type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../database.ts';
import type { FileRefusal } from './types.ts';

/** What was found when somebody looked at a file. */
export type Found =
  | { readonly state: 'READY'; readonly bytes: number }
  | { readonly state: 'REFUSED'; readonly refusal: FileRefusal };

/** What a service knows of its files, as far as they are looked after by our own hand. */
export interface FileRows {
  /** The file that has waited for longest to be looked at, and is due. */
  nextToLookAt(tx: Tx, now: Date): Promise<{ readonly id: string; readonly mediaType: string } | null>;
  /** What was found when somebody looked at it. */
  looked(tx: Tx, id: string, found: Found): Promise<void>;
  /** That nobody could look at it: soon again, and later each time. */
  lookLater(tx: Tx, id: string, now: Date): Promise<void>;
  /** Takes away one that goes with nothing that waits for it. */
  remove(tx: Tx, id: string): Promise<void>;
  /** Files whose row is gone and whose content is not. */
  nextToErase(tx: Tx, most: number): Promise<string[]>;
  /** That their content is gone. */
  erased(tx: Tx, ids: readonly string[]): Promise<void>;
  /** Which of some files are known, so that their content may lie there. */
  known(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>>;
}

const uuids = (ids: readonly string[]): SQL => sql`${`{${ids.join()}}`}::uuid[]`;

/**
 * The same for every table of files with `id`, `media_type`, `bytes`, `state`, `refusal`, `look_at` and `looks`, beside
 * which a trigger writes down in `file_to_erase` which rows are gone.
 */
export function fileRows(name: string): FileRows {
  const table = sql.identifier(name);
  return {
    nextToLookAt: async (tx, now) => {
      const [next] = await tx.execute<{ id: string; media_type: string }>(sql`
        select id, media_type from ${table} where state = 'SCANNING' and look_at <= ${now.toISOString()}::timestamptz
        order by look_at limit 1`);
      return next === undefined ? null : { id: next.id, mediaType: next.media_type };
    },
    looked: async (tx, id, found) => {
      const change =
        found.state === 'READY'
          ? sql`state = 'READY', bytes = ${found.bytes}`
          : sql`state = 'REFUSED', refusal = ${found.refusal}`;
      await tx.execute(sql`update ${table} set ${change} where id = ${id} and state = 'SCANNING'`);
    },
    lookLater: async (tx, id, now) => {
      await tx.execute(sql`
        update ${table} set looks = looks + 1,
          look_at = ${now.toISOString()}::timestamptz + least(interval '1 minute', interval '1 second' * (2 ^ least(looks, 6)))
        where id = ${id} and state = 'SCANNING'`);
    },
    remove: async (tx, id) => {
      await tx.execute(sql`delete from ${table} where id = ${id}`);
    },
    nextToErase: async (tx, most) =>
      (await tx.execute<{ id: string }>(sql`select id from file_to_erase order by id limit ${most}`)).map(
        ({ id }) => id,
      ),
    erased: async (tx, ids) => {
      await tx.execute(sql`delete from file_to_erase where id = any (${uuids(ids)})`);
    },
    known: async (tx, ids) =>
      new Set(
        (await tx.execute<{ id: string }>(sql`select id from ${table} where id = any (${uuids(ids)})`)).map(
          ({ id }) => id,
        ),
      ),
  };
}

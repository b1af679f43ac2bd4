import { type SQL, sql } from 'drizzle-orm';

/** A page of a list that goes from the newest to the oldest; `after` is the id that the page before ended with. */
export interface PageWanted {
  readonly first: number;
  readonly after: string | null;
}

/** What a list goes by: rows of a table, by when they came, and by their ids where they came at once. */
interface Order {
  readonly table: SQL;
  readonly alias: SQL;
  readonly at: SQL;
  readonly key: SQL;
}

/** The end of a query with a `where`: after the page before, the newest first, one more than wanted. */
export const newestFirst = ({ table, alias, at, key }: Order, { first, after }: PageWanted): SQL => sql`
  ${after === null ? sql`` : sql`and (${alias}.${at}, ${alias}.${key}) < (select ${at}, ${key} from ${table} where ${key} = ${after})`}
  order by ${alias}.${at} desc, ${alias}.${key} desc limit ${first + 1}`;

/** What the archive has of a row goes past all who lead the unit (SKM-04). */
export const isPastLeaders = sql`c.entry_id = any ((select entries_past_leaders())::uuid[])`;
/** How it stands to whoever asks. */
export const standingColumns = sql`${isPastLeaders} as is_past_leaders,
  c.entry_id = any ((select entries_about_oneself())::uuid[]) as is_about_viewer`;

import { type SQL, sql } from 'drizzle-orm';

/** Ids as an array of the database's. */
export const uuids = (ids: readonly string[]): SQL => sql`${`{${ids.join()}}`}::uuid[]`;

import { type SQL, sql } from 'drizzle-orm';

/** A value as one `jsonb` parameter: the way many rows go in with one statement. */
export const json = (value: unknown): SQL => sql`${JSON.stringify(value)}::jsonb`;

/** Ids as one array parameter, for `= any (…)`: the planner then goes by an index, however big the table has grown. */
export const idsOf = (ids: readonly string[]): SQL => sql`${`{${ids.join()}}`}::uuid[]`;

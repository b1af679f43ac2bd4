import { type SQL, sql } from 'drizzle-orm';

/** A value as one `jsonb` parameter: the way many rows go in with one statement. */
export const json = (value: unknown): SQL => sql`${JSON.stringify(value)}::jsonb`;

/** A list of ids as a subquery. */
export const idsOf = (ids: readonly string[]): SQL =>
  sql`(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid)`;

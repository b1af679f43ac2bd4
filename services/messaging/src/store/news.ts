import type { Tx } from '@ranselpost/kit/database';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { type SQL, sql } from 'drizzle-orm';
import type { BulletinText } from '../domain/bulletin-text.ts';
import type { NewsPost, NewsState } from '../domain/news.ts';
import { type Place, fromPlaceKey, placeKey } from '../domain/place.ts';
import { type ListPlace, before } from './broadcasts.ts';
import { uuids } from './uuids.ts';

type Row = {
  id: string;
  unit_id: string;
  places: string[];
  author_id: string | null;
  title: string | null;
  body: string | null;
  state: NewsState;
  due_at: string;
  published_at: string | null;
  edited_at: string | null;
  withdrawn_at: string | null;
  last_day: LocalDate | null;
};

const instant = (text: string | null): Date | null => (text === null ? null : new Date(text));

const fromRow = (row: Row): NewsPost => ({
  ...{ id: row.id, unitId: row.unit_id, places: row.places.map(fromPlaceKey), authorId: row.author_id },
  text: row.title === null || row.body === null ? null : { title: row.title, body: row.body },
  ...{ state: row.state, dueAt: new Date(row.due_at), publishedAt: instant(row.published_at) },
  ...{ editedAt: instant(row.edited_at), withdrawnAt: instant(row.withdrawn_at), lastDay: row.last_day },
});

const columns = sql`n.id, n.unit_id, n.places, n.author_id, n.title, n.body, n.state, n.due_at, n.published_at, n.edited_at,
  n.withdrawn_at, n.last_day::text`;
const texts = (some: readonly string[]): SQL =>
  sql`array(select jsonb_array_elements_text(${JSON.stringify(some)}::jsonb))`;

const select = async (tx: Tx, where: SQL): Promise<NewsPost[]> =>
  (await tx.execute<Row>(sql`select ${columns} from news n where ${where}`)).map(fromRow);

export const byIds = (tx: Tx, ids: readonly string[]): Promise<NewsPost[]> =>
  select(tx, sql`n.id = any (${uuids(ids)})`);

export const underKey = async (tx: Tx, authorId: string, key: string): Promise<NewsPost | null> =>
  (await select(tx, sql`n.author_id = ${authorId} and n.idempotency_key = ${key}`))[0] ?? null;

export interface NewsPage {
  readonly first: number;
  readonly after: ListPlace | null;
}

/**
 * What stands at some units, the latest first: `first + 1` at most. `places` leaves what is for others out; null leaves out nothing.
 * Each unit's index is read as far as the page goes, however much there is.
 */
export async function feed(
  tx: Tx,
  {
    unitIds,
    places,
    today,
  }: {
    readonly unitIds: readonly string[];
    readonly places: readonly string[] | null;
    readonly today: LocalDate;
  },
  { first, after }: NewsPage,
): Promise<NewsPost[]> {
  const isFor = places === null ? sql`true` : sql`n.places && ${texts(places)}`;
  const rows = await tx.execute<Row>(sql`
    select n.* from unnest(${uuids(unitIds)}) as unit(id) cross join lateral (
      select ${columns} from news n
      where n.unit_id = unit.id and n.state = 'PUBLISHED' and ${isFor}
        and (n.last_day is null or n.last_day >= ${today}::date)
        and ${before(sql`n.published_at`, sql`n.id`, after)}
      order by n.published_at desc, n.id desc limit ${first + 1}) as n
    order by n.published_at desc, n.id desc limit ${first + 1}`);
  return rows.map(fromRow);
}

/** All that a unit has said and is about to say, what is due last first: `first + 1` at most. */
export const ofUnit = (tx: Tx, unitId: string, { first, after }: NewsPage): Promise<NewsPost[]> =>
  select(
    tx,
    sql`n.unit_id = ${unitId} and ${before(sql`n.due_at`, sql`n.id`, after)}
      order by n.due_at desc, n.id desc limit ${first + 1}`,
  );

/** The children whom somebody is a guardian of. */
export const childrenOf = async (tx: Tx, personId: string): Promise<string[]> =>
  (
    await tx.execute<{ child_id: string }>(
      sql`select child_id from access.guardian where person_id = ${personId}`,
    )
  ).map(({ child_id }) => child_id);

export interface NewNews {
  readonly id: string;
  readonly unitId: string;
  readonly places: readonly Place[];
  readonly authorId: string;
  readonly idempotencyKey: string;
  readonly text: BulletinText;
  readonly dueAt: Date;
  readonly lastDay: LocalDate | null;
}

/** Stores what waits; false when something stands under the key, also what was committed a moment ago. */
export async function insert(tx: Tx, wanted: NewNews): Promise<boolean> {
  const rows = await tx.execute(sql`
    insert into news (id, unit_id, places, author_id, idempotency_key, title, body, due_at, last_day)
    values (${wanted.id}, ${wanted.unitId}, ${texts(wanted.places.map(placeKey))}, ${wanted.authorId},
      ${wanted.idempotencyKey}, ${wanted.text.title}, ${wanted.text.body}, ${wanted.dueAt.toISOString()}, ${wanted.lastDay})
    on conflict do nothing returning id`);
  return rows.length > 0;
}

/** False when it is not theirs to change, or not there to be any more. */
export async function edit(
  tx: Tx,
  id: string,
  { title, body }: BulletinText,
  lastDay: LocalDate | null,
): Promise<boolean> {
  const { count } = await tx.execute(sql`
    update news set title = ${title}, body = ${body}, last_day = ${lastDay} where id = ${id} and state <> 'WITHDRAWN'`);
  return count > 0;
}

/** False when it is not theirs to take back, or was taken back before. */
export async function withdraw(tx: Tx, id: string, at: Date): Promise<boolean> {
  const { count } = await tx.execute(sql`
    update news set state = 'WITHDRAWN', withdrawn_at = ${at.toISOString()}, title = null, body = null
    where id = ${id} and state <> 'WITHDRAWN'`);
  return count > 0;
}

/** What has been due for longest, held for this transaction; null when none is that nobody else holds. */
export async function nextDue(
  tx: Tx,
  now: Date,
): Promise<Pick<NewsPost, 'id' | 'unitId' | 'places' | 'authorId'> | null> {
  const [row] = await tx.execute<Pick<Row, 'id' | 'unit_id' | 'places' | 'author_id'>>(sql`
    select id, unit_id, places, author_id from news where state = 'WAITING' and due_at <= ${now.toISOString()}::timestamptz
    order by due_at limit 1 for update skip locked`);
  if (row === undefined) return null;
  return { id: row.id, unitId: row.unit_id, places: row.places.map(fromPlaceKey), authorId: row.author_id };
}

export async function settle(
  tx: Tx,
  id: string,
  state: 'PUBLISHED' | 'NOT_PUBLISHED',
  at: Date,
): Promise<void> {
  await tx.execute(sql`
    update news set state = ${state}, published_at = ${state === 'PUBLISHED' ? at.toISOString() : null}::timestamptz
    where id = ${id}`);
}

/** What is out and of which not everybody has been told yet, held for this transaction. */
export interface UntoldNews {
  readonly id: string;
  readonly unitId: string;
  readonly publishedAt: Date;
  readonly batch: readonly { readonly personId: string; readonly childIds: readonly string[] }[];
}

/** The next who are to be told of something, at most so many, by who is a guardian there now. */
export async function nextUntold(tx: Tx, most: number): Promise<UntoldNews | null> {
  const [row] = await tx.execute<{
    id: string;
    unit_id: string;
    published_at: string;
    places: string[];
    told_up_to: string | null;
  }>(sql`
    select id, unit_id, published_at, places, told_up_to from news where state = 'PUBLISHED' and not is_told
    order by published_at limit 1 for update skip locked`);
  if (row === undefined) return null;
  const batch = await tx.execute<{ person_id: string; child_ids: string[] }>(
    sql`select person_id, child_ids from news_guardians_after(${texts(row.places)}, ${row.told_up_to}, ${most})`,
  );
  return {
    ...{ id: row.id, unitId: row.unit_id, publishedAt: new Date(row.published_at) },
    batch: batch.map(({ person_id, child_ids }) => ({ personId: person_id, childIds: child_ids })),
  };
}

/** Notes up to whom it has been told; null: to everybody. */
export async function noteTold(tx: Tx, id: string, last: string | null): Promise<void> {
  await tx.execute(sql`
    update news set told_up_to = coalesce(${last}::uuid, told_up_to), is_told = ${last === null} where id = ${id}`);
}

/** Takes away what was due before a moment, with all that it said. Answers how many there were. */
export async function removeOld(tx: Tx, before: Date): Promise<number> {
  return (await tx.execute(sql`delete from news where due_at < ${before.toISOString()}::timestamptz`)).count;
}

/** Takes away that somebody wrote something. */
export async function erasePerson(tx: Tx, personId: string): Promise<void> {
  await tx.execute(sql`select erase_person_from_news(${personId})`);
}

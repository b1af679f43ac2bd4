import type { Tx } from '@ranselpost/kit/database';
import type { PersonActor } from '@ranselpost/kit/pure/actor';
import { type SQL, sql } from 'drizzle-orm';
import type { UrgentReason } from '../domain/broadcast.ts';
import { type Aim, type Draft, childrenOf, unitOf } from '../domain/draft.ts';
import { fromPlaceKey, placeKey } from '../domain/place.ts';
import type { Capacity, LeftOut } from '../domain/thread.ts';
import type { ListPlace } from './broadcasts.ts';
import { uuids } from './uuids.ts';

type Row = {
  id: string;
  author_id: string;
  author_as: Capacity;
  kind: Aim['kind'];
  answers_id: string;
  unit_id: string;
  child_ids: string[];
  places: string[];
  is_starting: boolean;
  urgent_reason: UrgentReason | null;
  subject: string;
  body: string;
  also_guardians: string[];
  also_staff: string[];
  leave_out: LeftOut[];
  to_mailbox: boolean;
  changed_at: string;
  send_at: string | null;
  known_names: string[];
  attachment_ids: string[];
  not_sent: string | null;
};

function aimOf(row: Row): Aim {
  const { kind } = row;
  const home = { unitId: row.unit_id, childIds: row.child_ids, alsoGuardianIds: row.also_guardians };
  switch (kind) {
    case 'ANSWER':
      return { kind, ...home, answersId: row.answers_id };
    case 'THREAD':
      return {
        ...{ kind, ...home, toMailbox: row.to_mailbox },
        ...{ alsoStaffIds: row.also_staff, leaveOut: row.leave_out },
      };
    case 'BROADCAST': {
      const { is_starting: isStarting, urgent_reason: urgentReason } = row;
      return { kind, places: row.places.map(fromPlaceKey), isStarting, urgentReason };
    }
  }
}

const fromRow = (row: Row): Draft => ({
  ...{ id: row.id, authorId: row.author_id, authorAs: row.author_as, aim: aimOf(row) },
  ...{ subject: row.subject, body: row.body, knownNames: row.known_names, notSent: row.not_sent },
  attachmentIds: row.attachment_ids,
  changedAt: new Date(row.changed_at),
  sendAt: row.send_at === null ? null : new Date(row.send_at),
});

const columns = sql`id, author_id, author_as, kind, answers_id, unit_id, child_ids, places, is_starting, urgent_reason, subject, body,
  also_guardians, also_staff, leave_out, to_mailbox, changed_at, send_at, known_names, attachment_ids, not_sent`;

const select = async (tx: Tx, rest: SQL): Promise<Draft[]> =>
  (await tx.execute<Row>(sql`select ${columns} from draft where ${rest}`)).map(fromRow);

export const byId = async (tx: Tx, id: string): Promise<Draft | undefined> =>
  (await select(tx, sql`id = ${id}`))[0];

/** A draft, held for this transaction: whoever else wants to change or send it waits, and finds what has become of it. */
export const take = async (tx: Tx, id: string): Promise<Draft | undefined> =>
  (await select(tx, sql`id = ${id} for update`))[0];

const own = ({ personId, kind }: PersonActor): SQL => sql`author_id = ${personId} and author_as = ${kind}`;

/** What somebody has begun in one capacity, what was changed last first: `first + 1` at most. */
export const list = (
  tx: Tx,
  owner: PersonActor,
  { first, after }: { readonly first: number; readonly after: ListPlace | null },
): Promise<Draft[]> =>
  select(
    tx,
    sql`${own(owner)}
      ${after === null ? sql`` : sql`and (changed_at, id) < (${after.at.toISOString()}::timestamptz, ${after.id}::uuid)`}
      order by changed_at desc, id desc limit ${first + 1}`,
  );

export async function count(tx: Tx, owner: PersonActor): Promise<number> {
  const [row] = await tx.execute<{ count: number }>(
    sql`select count(*)::int as count from draft where ${own(owner)}`,
  );
  return row!.count;
}

/** What somebody keeps under a key of their own. */
export const underKey = async (tx: Tx, owner: PersonActor, key: string): Promise<Draft | undefined> =>
  (await select(tx, sql`${own(owner)} and idempotency_key = ${key} for update`))[0];

/** A draft to be kept. */
export type NewDraft = Pick<Draft, 'id' | 'authorId' | 'authorAs' | 'aim' | 'subject' | 'body' | 'changedAt'>;

function values({ aim, subject, body, changedAt }: NewDraft): Readonly<Record<string, SQL>> {
  const many = aim.kind === 'BROADCAST' ? aim : { places: [], isStarting: false, urgentReason: null };
  const chosen = {
    alsoGuardianIds: [],
    alsoStaffIds: [],
    leaveOut: [],
    answersId: null,
    toMailbox: false,
    ...aim,
  };
  return {
    kind: sql`${aim.kind}`,
    answers_id: sql`${chosen.answersId}::uuid`,
    unit_id: sql`${unitOf(aim)}::uuid`,
    child_ids: uuids(childrenOf(aim)),
    places: sql`${`{${many.places.map(placeKey).join()}}`}::text[]`,
    is_starting: sql`${many.isStarting}::boolean`,
    urgent_reason: sql`${many.urgentReason}::text`,
    subject: sql`${subject}`,
    body: sql`${body}`,
    also_guardians: uuids(chosen.alsoGuardianIds),
    also_staff: uuids(chosen.alsoStaffIds),
    leave_out: sql`${JSON.stringify(chosen.leaveOut)}::jsonb`,
    to_mailbox: sql`${chosen.toMailbox}::boolean`,
    changed_at: sql`${changedAt.toISOString()}::timestamptz`,
  };
}

/** Keeps a new draft; undefined when one stands under the key, also one that was committed a moment ago. */
export async function insert(tx: Tx, draft: NewDraft, idempotencyKey: string): Promise<Draft | undefined> {
  const kept = Object.entries(values(draft));
  const names = sql.join(
    kept.map(([name]) => sql.identifier(name)),
    sql`, `,
  );
  const [row] = await tx.execute<Row>(sql`
    insert into draft (id, author_id, author_as, idempotency_key, ${names})
    values (${draft.id}, ${draft.authorId}, ${draft.authorAs}, ${idempotencyKey}, ${sql.join(
      kept.map(([, value]) => value),
      sql`, `,
    )})
    on conflict do nothing returning ${columns}`);
  return row === undefined ? undefined : fromRow(row);
}

/** Keeps a draft as it is now; undefined when there is none any more. */
export async function change(tx: Tx, draft: NewDraft): Promise<Draft | undefined> {
  const kept = Object.entries(values(draft)).map(([name, value]) => sql`${sql.identifier(name)} = ${value}`);
  const [row] = await tx.execute<Row>(sql`
    update draft set ${sql.join(kept, sql`, `)}, not_sent = null where id = ${draft.id} and send_at is null
    returning ${columns}`);
  return row === undefined ? undefined : fromRow(row);
}

/** Takes a draft away. False when there is none that whoever asks may take. */
export const remove = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.execute(sql`delete from draft where id = ${id} returning id`)).length > 0;

/** Has a draft wait for its time; undefined when there is none any more. */
export async function schedule(
  tx: Tx,
  id: string,
  {
    sendAt,
    knownNames,
    attachmentIds,
  }: Pick<Draft, 'knownNames' | 'attachmentIds'> & { readonly sendAt: Date },
): Promise<Draft | undefined> {
  const [row] = await tx.execute<Row>(sql`
    update draft set send_at = ${sendAt.toISOString()}::timestamptz, not_sent = null, attachment_ids = ${uuids(attachmentIds)},
      known_names = array(select jsonb_array_elements_text(${JSON.stringify(knownNames)}::jsonb))
    where id = ${id} returning ${columns}`);
  return row === undefined ? undefined : fromRow(row);
}

/** Whose draft it is, and what it is about, without any of its text. */
export interface DraftOf {
  readonly id: string;
  readonly authorId: string;
  readonly authorAs: Capacity;
  readonly unitId: string;
  readonly childIds: readonly string[];
}
type DraftOfRow = Pick<Row, 'id' | 'author_id' | 'author_as' | 'unit_id' | 'child_ids'>;
const draftOf = (row: DraftOfRow): DraftOf => ({
  ...{ id: row.id, authorId: row.author_id, authorAs: row.author_as },
  ...{ unitId: row.unit_id, childIds: row.child_ids },
});

/** The draft whose time came first; null when none has. */
export async function nextDue(tx: Tx, now: Date): Promise<DraftOf | null> {
  const [row] = await tx.execute<DraftOfRow>(sql`
    select id, author_id, author_as, unit_id, child_ids from draft
    where send_at <= ${now.toISOString()}::timestamptz order by send_at, id limit 1`);
  return row === undefined ? null : draftOf(row);
}

/** Has a draft wait no more, and be as if changed just now; null when it did not wait. */
export async function giveBack(
  tx: Tx,
  id: string,
  { now, because }: { readonly now: Date; readonly because: string | null },
): Promise<DraftOf | null> {
  const [row] = await tx.execute<DraftOfRow>(sql`
    update draft set send_at = null, known_names = '{}', not_sent = ${because}, changed_at = ${now.toISOString()}::timestamptz
    where id = ${id} and send_at is not null returning id, author_id, author_as, unit_id, child_ids`);
  return row === undefined ? null : draftOf(row);
}

/**
 * Takes away what nobody has changed since and, where it is known who has which ground, what its author has none for any more.
 * Answers how many.
 */
export async function drop(
  tx: Tx,
  { unchangedSince, knowsGrounds }: { readonly unchangedSince: Date; readonly knowsGrounds: boolean },
): Promise<number> {
  const [row] = await tx.execute<{ gone: number }>(
    sql`select drop_drafts(${unchangedSince.toISOString()}::timestamptz, ${knowsGrounds}) as gone`,
  );
  return row!.gone;
}

export async function erasePerson(tx: Tx, personId: string): Promise<void> {
  await tx.execute(sql`select erase_drafts_of(${personId})`);
}

/** Takes away what staff had prepared about somebody who is protected from now on. */
export async function purgeAbout(tx: Tx, personId: string): Promise<void> {
  await tx.execute(sql`select purge_drafts_about(${personId})`);
}

import type { Tx } from '@ranselpost/kit/database';
import { type SQL, sql } from 'drizzle-orm';
import type { MeetingWay } from '../domain/meeting.ts';
import type { TalkRequest } from '../domain/talk-request.ts';
import type { Capacity } from '../domain/thread.ts';
import { uuids } from './uuids.ts';

type Row = {
  id: string;
  thread_id: string;
  unit_id: string;
  child_ids: string[];
  home_readers: string[];
  asked_by: string | null;
  asked_as: Capacity;
  way: MeetingWay;
  asked_at: string;
  state: TalkRequest['state'];
  offer_id: string | null;
};

const select = async (tx: Tx, rest: SQL): Promise<TalkRequest[]> =>
  (
    await tx.execute<Row>(sql`
      select id, thread_id, unit_id, child_ids, home_readers, asked_by, asked_as, way, asked_at, state, offer_id
      from talk_request where ${rest}`)
  ).map((row) => ({
    ...{ id: row.id, threadId: row.thread_id, unitId: row.unit_id, childIds: row.child_ids },
    ...{ homeReaderIds: row.home_readers, askedBy: row.asked_by, askedAs: row.asked_as, way: row.way },
    ...{ askedAt: new Date(row.asked_at), state: row.state, offerId: row.offer_id },
  }));

export const byId = async (tx: Tx, id: string): Promise<TalkRequest | undefined> =>
  (await select(tx, sql`id = ${id}`))[0];

/** The newest of each thread, at most twenty. */
export const ofThreads = (tx: Tx, threadIds: readonly string[]): Promise<TalkRequest[]> =>
  select(
    tx,
    sql`id in (
      select newest.id from unnest(${uuids(threadIds)}) as wanted(thread_id)
      cross join lateral (
        select id from talk_request where thread_id = wanted.thread_id order by asked_at desc, id desc limit 20) newest)
      order by asked_at desc, id desc`,
  );

export interface NewTalkRequest {
  readonly id: string;
  readonly messageId: string;
  readonly homeReaderIds: readonly string[];
  readonly askedBy: string;
  readonly askedAs: Capacity;
  readonly way: MeetingWay;
}

/** What is asked stands once: false where the same asks already. */
export async function insert(tx: Tx, request: NewTalkRequest): Promise<boolean> {
  const { id, messageId, homeReaderIds, askedBy, askedAs, way } = request;
  const { count } = await tx.execute(sql`
    insert into talk_request (id, message_id, home_readers, asked_by, asked_as, way)
    values (${id}, ${messageId}, ${uuids(homeReaderIds)}, ${askedBy}, ${askedAs}, ${way})
    on conflict do nothing`);
  return count > 0;
}

/** As the service: false when it was answered a moment ago. */
export async function keepAnswer(tx: Tx, { id, state, offerId }: TalkRequest): Promise<boolean> {
  const { count } = await tx.execute(sql`
    update talk_request set state = ${state}, offer_id = ${offerId}, answered_at = now()
    where id = ${id} and state in ('OPEN', 'PROPOSED')`);
  return count > 0;
}

export async function erasePerson(tx: Tx, personId: string): Promise<void> {
  await tx.execute(sql`select erase_person_from_talk_requests(${personId})`);
}

import type { Tx } from '@ranselpost/kit/database';
import type { NoticeChannel } from '@ranselpost/kit/pure/dispatch';
import { sql } from 'drizzle-orm';
import type { Key } from './notices.ts';

/** One way in which one notice is about to be sent. */
export interface Attempt extends Key {
  /** For one that was not tried before. */
  readonly newDeliveryId: string;
  readonly channel: NoticeChannel;
  readonly subscriptionId: string | null;
}

export interface Begun extends Key {
  readonly deliveryId: string;
  readonly channel: NoticeChannel;
  readonly subscriptionId: string | null;
  readonly attempt: number;
}

/** Writes down what is about to be sent, before it is. Tried again, it keeps the id that the receiver knows it by. */
export async function begin(tx: Tx, attempts: readonly Attempt[]): Promise<readonly Begun[]> {
  if (attempts.length === 0) return [];
  return tx.execute<Begun & Record<string, unknown>>(sql`
    insert into delivery (delivery_id, notice_id, person_id, channel, subscription_id, state)
    select "newDeliveryId", "noticeId", "personId", channel, "subscriptionId", 'SENDING'
    from jsonb_to_recordset(${JSON.stringify(attempts)}::jsonb)
      as a("newDeliveryId" uuid, "noticeId" uuid, "personId" uuid, channel text, "subscriptionId" uuid)
    on conflict (notice_id, person_id, channel, subscription_id) do update
      set state = 'SENDING', attempt = delivery.attempt + 1, attempted_at = now()
    returning delivery_id as "deliveryId", notice_id as "noticeId", person_id as "personId", channel,
      subscription_id as "subscriptionId", attempt`);
}

/** What became of an attempt. */
export interface Settlement extends Key {
  readonly deliveryId: string;
  readonly channel: NoticeChannel;
  readonly subscriptionId: string | null;
  readonly state: 'RETRY' | 'ACCEPTED' | 'FAILED';
  readonly outsideId: string | null;
  readonly code: string | null;
  /** For what is tried again. */
  readonly waitMs: number | null;
}

/**
 * Writes down what became of attempts, and what is next for their notices: told, when one was taken and none is to be tried
 * again; looked at again otherwise. Answers whom something was handed over to.
 */
export async function settle(tx: Tx, settlements: readonly Settlement[]): Promise<readonly string[]> {
  const said = JSON.stringify(settlements);
  await tx.execute(sql`
    update delivery d set state = s.state, outside_id = coalesce(s."outsideId", d.outside_id), code = s.code,
      settled_at = case when s.state <> 'RETRY' then now() end
    from jsonb_to_recordset(${said}::jsonb) as s("deliveryId" uuid, state text, "outsideId" text, code text)
    where d.delivery_id = s."deliveryId" and d.state = 'SENDING'`);
  const told = await tx.execute<{ person_id: string }>(sql`
    with said as (
      select "noticeId" as notice_id, "personId" as person_id, min("waitMs") as wait_ms
      from jsonb_to_recordset(${said}::jsonb) as s("noticeId" uuid, "personId" uuid, "waitMs" float8) group by 1, 2),
    stands as (
      select s.*, bool_or(d.state = 'SENDING') as is_sending, bool_or(d.state = 'RETRY') as is_again,
        bool_or(d.state in ('ACCEPTED', 'DELIVERED')) as is_taken
      from said s join delivery d on d.notice_id = s.notice_id and d.person_id = s.person_id
      group by s.notice_id, s.person_id, s.wait_ms)
    update notice n set
      state = case when s.is_taken and not s.is_again then 'DONE' else 'WAITING' end,
      reason = case when s.is_taken and not s.is_again then 'TOLD' when s.is_again then 'AGAIN' end,
      next_at = case when s.is_taken and not s.is_again then null
        else now() + coalesce(s.wait_ms, 0) * interval '1 millisecond' end,
      settled_at = case when s.is_taken and not s.is_again then now() end
    from stands s
    where n.notice_id = s.notice_id and n.person_id = s.person_id and n.state = 'UNDER_WAY' and not s.is_sending
    returning case when s.is_taken then n.person_id end as person_id`);
  return told.flatMap(({ person_id }) => (person_id === null ? [] : [person_id]));
}

/** Takes in what became of text messages later. What failed after all has its notice looked at again. Answers who they were for. */
export async function hearOfShipments(
  tx: Tx,
  shipments: readonly {
    readonly shipmentId: string;
    readonly status: 'DELIVERED' | 'FAILED';
    readonly code: string;
  }[],
): Promise<readonly { readonly personId: string; readonly isFailed: boolean; readonly code: string }[]> {
  const rows = await tx.execute<{ personId: string; isFailed: boolean; code: string; noticeId: string }>(sql`
    update delivery d set state = s.status, code = s.code, settled_at = now()
    from jsonb_to_recordset(${JSON.stringify(shipments)}::jsonb) as s("shipmentId" text, status text, code text)
    where d.outside_id = s."shipmentId" and d.channel = 'SMS' and d.state = 'ACCEPTED'
    returning d.person_id as "personId", d.notice_id as "noticeId", s.status = 'FAILED' as "isFailed", s.code`);
  await lookAgain(
    tx,
    rows.filter(({ isFailed }) => isFailed),
  );
  return rows;
}

/** Takes in that a mail came back that was taken. Answers who it was for; undefined where that is known already, or not ours. */
export async function hearOfBounce(
  tx: Tx,
  { deliveryId, code }: { readonly deliveryId: string; readonly code: string },
): Promise<string | undefined> {
  const [row] = await tx.execute<Key & Record<string, unknown>>(sql`
    update delivery set state = 'FAILED', code = ${code}, settled_at = now()
    where delivery_id = ${deliveryId} and channel = 'EMAIL' and state = 'ACCEPTED'
    returning notice_id as "noticeId", person_id as "personId"`);
  if (row !== undefined) await lookAgain(tx, [row]);
  return row?.personId;
}

/** What was said to be told and was not goes another way, unless it was read or withdrawn meanwhile. */
async function lookAgain(tx: Tx, failed: readonly Key[]): Promise<void> {
  if (failed.length === 0) return;
  await tx.execute(sql`
    update notice n set state = 'WAITING', reason = 'AGAIN', next_at = now(), settled_at = null
    from jsonb_to_recordset(${JSON.stringify(failed)}::jsonb) as f("noticeId" uuid, "personId" uuid)
    where n.notice_id = f."noticeId" and n.person_id = f."personId" and n.state = 'DONE' and n.reason = 'TOLD'
      and not exists (select from notice_drop d where d.notice_id = n.notice_id
        and (d.person_id is null or d.person_id = n.person_id))`);
}

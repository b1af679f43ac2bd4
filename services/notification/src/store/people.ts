import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';

/** Keeps what the register says of how somebody is reached, sealed. Another address may well be right: it is tried. */
export async function keepContact(
  tx: Tx,
  given: {
    readonly personId: string;
    readonly revision: number;
    readonly readAt: string;
    readonly sealed: string;
  },
): Promise<void> {
  const { personId, revision, readAt, sealed } = given;
  const news = await tx.execute(sql`
    insert into contact as known (person_id, revision, read_at, sealed)
    select ${personId}::uuid, ${revision}, ${readAt}::timestamptz, ${sealed}
    where not exists (select from protected_person where person_id = ${personId})
    on conflict (person_id) do update set revision = excluded.revision, read_at = excluded.read_at, sealed = excluded.sealed,
      failed_at = null
    where known.revision < excluded.revision
    returning person_id`);
  if (news.length > 0) await tx.execute(sql`delete from failing where person_id = ${personId}`);
}

/** Keeps that the register cannot be read for somebody: what it said last grows old from now on. */
export async function keepFailure(
  tx: Tx,
  {
    personId,
    revision,
    failedAt,
  }: { readonly personId: string; readonly revision: number; readonly failedAt: string },
): Promise<void> {
  await tx.execute(sql`
    update contact set revision = ${revision}, failed_at = ${failedAt}::timestamptz
    where person_id = ${personId} and revision < ${revision}`);
}

export async function keepContactsUpTo(tx: Tx, upTo: string): Promise<void> {
  await tx.execute(sql`update outlook set contacts_up_to = greatest(contacts_up_to, ${upTo}::timestamptz)`);
}

/** What somebody has chosen, in one capacity. */
export interface Choice {
  readonly personId: string;
  readonly capacity: 'guardian' | 'staff';
  readonly revision: number;
  readonly language: string | null;
  readonly notices: unknown;
  readonly quietHours: { readonly from: string; readonly to: string } | null;
  readonly digestAt: string | null;
}

export async function keepChoice(tx: Tx, choice: Choice): Promise<void> {
  const { personId, capacity, revision, language, quietHours, digestAt } = choice;
  await tx.execute(sql`
    insert into choice as known (person_id, capacity, revision, language, notices, quiet_from, quiet_to, digest_at)
    values (${personId}, ${capacity}, ${revision}, ${language}, ${JSON.stringify(choice.notices)}::jsonb,
      ${quietHours?.from ?? null}, ${quietHours?.to ?? null}, ${digestAt})
    on conflict (person_id, capacity) do update set revision = excluded.revision, language = excluded.language,
      notices = excluded.notices, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to, digest_at = excluded.digest_at
    where known.revision <= excluded.revision`);
}

/**
 * Keeps a device, or takes it away where nothing is sealed. Of whoever is protected none is kept, also where it is told again, as a
 * snapshot tells everything (ADR-12).
 */
export async function keepDevice(
  tx: Tx,
  given: {
    readonly subscriptionId: string;
    readonly personId: string;
    readonly capacity: 'guardian' | 'staff';
    readonly sealed: string | null;
  },
): Promise<void> {
  const { subscriptionId, personId, capacity, sealed } = given;
  if (sealed === null)
    await tx.execute(sql`delete from push_subscription where subscription_id = ${subscriptionId}`);
  else
    await tx.execute(sql`
      insert into push_subscription (subscription_id, person_id, capacity, sealed)
      select ${subscriptionId}::uuid, ${personId}::uuid, ${capacity}, ${sealed}
      where not exists (select from protected_person where person_id = ${personId})
      on conflict (subscription_id) do update set sealed = excluded.sealed`);
}

/** Takes devices away that their push service knows no more. Answers which of them were there. */
export async function removeDevices(tx: Tx, subscriptionIds: readonly string[]): Promise<readonly string[]> {
  if (subscriptionIds.length === 0) return [];
  const rows = await tx.execute<{ id: string }>(sql`
    delete from push_subscription
    where subscription_id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(subscriptionIds)}::jsonb))
    returning subscription_id as id`);
  return rows.map(({ id }) => id);
}

/** Somebody who has lost their last child is not pushed to as a guardian any more (GUA-10). */
export async function removeDevicesOf(
  tx: Tx,
  personId: string,
  capacity: 'guardian' | 'staff',
): Promise<void> {
  await tx.execute(
    sql`delete from push_subscription where person_id = ${personId} and capacity = ${capacity}`,
  );
}

export interface Refusal {
  readonly personId: string;
  readonly channel: 'EMAIL' | 'SMS';
  readonly code: string;
}

/** Remembers addresses that were refused, until the register says others. */
export async function keepFailing(tx: Tx, refusals: readonly Refusal[]): Promise<void> {
  if (refusals.length === 0) return;
  await tx.execute(sql`
    insert into failing (person_id, channel, code)
    select distinct on (1, 2) "personId", channel, code
    from jsonb_to_recordset(${JSON.stringify(refusals)}::jsonb) as r("personId" uuid, channel text, code text)
    on conflict (person_id, channel) do update set code = excluded.code`);
}

export interface Reach {
  readonly personId: string;
  readonly revision: number;
  readonly state: 'REACHED' | 'UNREACHED';
  readonly failing: ('EMAIL' | 'SMS')[];
}

/** Keeps whether notices reach people, and answers of whom that is news. Whoever was never out of reach is not news (N15). */
export async function keepReach(
  tx: Tx,
  personIds: readonly string[],
  state: 'REACHED' | 'UNREACHED',
): Promise<readonly Reach[]> {
  if (personIds.length === 0) return [];
  const people = JSON.stringify(personIds);
  const failing = sql`array(select f.channel from failing f where f.person_id = p.person_id order by 1)`;
  if (state === 'REACHED')
    return tx.execute<Reach & Record<string, unknown>>(sql`
      update reach p set state = 'REACHED', failing = ${failing}, revision = p.revision + 1
      where p.state = 'UNREACHED'
        and p.person_id in (select value::uuid from jsonb_array_elements_text(${people}::jsonb))
      returning p.person_id as "personId", p.revision::float8 as revision, p.state, p.failing`);
  return tx.execute<Reach & Record<string, unknown>>(sql`
    insert into reach as known (person_id, state, failing, revision)
    select p.person_id, 'UNREACHED', ${failing}, 1
    from (select distinct value::uuid as person_id from jsonb_array_elements_text(${people}::jsonb)) as p
    on conflict (person_id) do update
      set state = excluded.state, failing = excluded.failing, revision = known.revision + 1
      where (known.state, known.failing) is distinct from (excluded.state, excluded.failing)
    returning person_id as "personId", revision::float8 as revision, state, failing`);
}

/** Lets go of every address of somebody who is protected, and sends them nothing by itself from now on (S-08, ADR-12). */
export async function shield(tx: Tx, personId: string): Promise<void> {
  // A child's protection stands with its places, and ends there too.
  await tx.execute(sql`
    insert into protected_person (person_id) select ${personId}::uuid
    where not exists (select from access.enrolment where child_id = ${personId}) on conflict (person_id) do nothing`);
  await tx.execute(sql`delete from contact where person_id = ${personId}`);
  await tx.execute(sql`delete from push_subscription where person_id = ${personId}`);
  await tx.execute(sql`delete from failing where person_id = ${personId}`);
  await tx.execute(sql`delete from reach where person_id = ${personId}`);
}

/** The addresses that were let go of come back when the register tells of them again, and not before. */
export async function unshield(tx: Tx, personId: string): Promise<void> {
  await tx.execute(sql`delete from protected_person where person_id = ${personId}`);
}

export async function erasePerson(tx: Tx, personId: string): Promise<void> {
  for (const table of [
    'contact',
    'choice',
    'push_subscription',
    'failing',
    'reach',
    'protected_person',
    'decision',
  ])
    await tx.execute(sql`delete from ${sql.identifier(table)} where person_id = ${personId}`);
}

/** Up to where the feed of text messages has been read. */
export async function shipmentPlace(tx: Tx): Promise<number> {
  const [row] = await tx.execute<{ place: number }>(
    sql`select shipment_seq::float8 as place from outlook for update`,
  );
  return row?.place ?? 0;
}

export async function moveShipmentPlace(tx: Tx, place: number): Promise<void> {
  await tx.execute(sql`update outlook set shipment_seq = ${place}`);
}

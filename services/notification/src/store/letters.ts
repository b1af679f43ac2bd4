import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';

/** Keeps the text of a decision for the case that it goes on paper. */
export async function keepText(
  tx: Tx,
  {
    decisionId,
    personId,
    sealed,
  }: { readonly decisionId: string; readonly personId: string; readonly sealed: string },
): Promise<void> {
  await tx.execute(sql`
    insert into decision_text (decision_id, person_id, sealed)
    select ${decisionId}::uuid, ${personId}::uuid, ${sealed}
    where not exists (select from decision d where d.decision_id = ${decisionId} and d.opened_at is not null)
      and not exists (select from letter l where l.decision_id = ${decisionId} and l.state in ('SENT', 'PRINTED'))
    on conflict (decision_id) do nothing`);
}

export type ByHand = 'PROTECTED' | 'NO_ADDRESS' | 'NO_TEXT' | 'REJECTED';

export interface DueLetter {
  readonly letterId: string;
  readonly decisionId: string;
  readonly personId: string;
  readonly state: 'WANTED' | 'ADDRESSED' | 'SENT';
  readonly address: string | null;
  readonly text: string | null;
  readonly outsideId: string | null;
  readonly attempt: number;
}

/** Lets go of letters whose decision was opened before they went: nobody has to read it on paper. */
export async function dropOpened(tx: Tx): Promise<void> {
  await tx.execute(sql`
    delete from letter l using decision d
    where d.decision_id = l.decision_id and d.opened_at is not null and l.state in ('WANTED', 'ADDRESSED')`);
  await tx.execute(sql`
    delete from decision_text t using decision d where d.decision_id = t.decision_id and d.opened_at is not null`);
}

/** Nothing goes by itself to whoever is protected by now (S-08). */
export async function holdProtected(tx: Tx): Promise<void> {
  await tx.execute(sql`
    update letter set state = 'BY_HAND', reason_by_hand = 'PROTECTED', address = null, next_at = null
    where state in ('WANTED', 'ADDRESSED') and is_shielded(person_id, children_of_decision(decision_id))`);
}

/** Whether a letter may go still, looked at right before it does: others of its batch may have taken long (S-08, KRR-09). */
export async function mayGo(tx: Tx, letterId: string): Promise<boolean> {
  await dropOpened(tx);
  await holdProtected(tx);
  const [row] = await tx.execute(sql`
    select 1 from letter where letter_id = ${letterId} and state = 'ADDRESSED'
      and may_be_told(person_id, 'guardian', children_of_decision(decision_id))`);
  return row !== undefined;
}

/** Takes what is due, and says when it is due again if nobody says more of it. */
export async function takeDue(tx: Tx, most: number, againInMs: number): Promise<readonly DueLetter[]> {
  return tx.execute<DueLetter & Record<string, unknown>>(sql`
    update letter l set attempt = attempt + 1, next_at = now() + ${againInMs} * interval '1 millisecond'
    from (select letter_id from letter where next_at <= now() and state in ('WANTED', 'ADDRESSED', 'SENT')
      order by next_at limit ${most} for update skip locked) as due
    where l.letter_id = due.letter_id
    returning l.letter_id as "letterId", l.decision_id as "decisionId", l.person_id as "personId", l.state, l.address,
      l.outside_id as "outsideId", l.attempt,
      (select sealed from decision_text t where t.decision_id = l.decision_id) as text`);
}

export async function keepAddress(tx: Tx, letterId: string, sealed: string): Promise<void> {
  await tx.execute(sql`
    update letter set state = 'ADDRESSED', address = ${sealed}, next_at = now(), attempt = 0
    where letter_id = ${letterId} and state in ('WANTED', 'ADDRESSED')`);
}

export async function moveByHand(tx: Tx, letterId: string, reason: ByHand): Promise<void> {
  await tx.execute(sql`
    update letter set state = 'BY_HAND', reason_by_hand = ${reason}, address = null, next_at = null
    where letter_id = ${letterId} and state not in ('PRINTED', 'BY_HAND')`);
}

/** It is with whoever prints it: neither its text nor its address is kept any longer. */
export async function sent(tx: Tx, letterId: string, outsideId: string): Promise<void> {
  await tx.execute(sql`
    update letter set state = 'SENT', outside_id = ${outsideId}, sent_at = now(), address = null, next_at = now(), attempt = 0
    where letter_id = ${letterId} and state = 'ADDRESSED'`);
  await tx.execute(sql`
    delete from decision_text where decision_id = (select decision_id from letter where letter_id = ${letterId})`);
}

export async function printed(tx: Tx, letterId: string): Promise<void> {
  await tx.execute(
    sql`update letter set state = 'PRINTED', next_at = null where letter_id = ${letterId} and state = 'SENT'`,
  );
}

export async function wait(tx: Tx, letterId: string, ms: number): Promise<void> {
  await tx.execute(sql`
    update letter set next_at = now() + ${ms} * interval '1 millisecond' where letter_id = ${letterId} and next_at is not null`);
}

/** Whether a letter waits for its address. */
export async function isWanted(tx: Tx, letterId: string): Promise<boolean> {
  const [row] = await tx.execute(
    sql`select 1 from letter where letter_id = ${letterId} and state = 'WANTED'`,
  );
  return row !== undefined;
}

export async function erasePerson(tx: Tx, personId: string): Promise<void> {
  await tx.execute(sql`delete from decision_text where person_id = ${personId}`);
}

/** Letters that somebody has to see to by hand. */
export async function byHandCount(tx: Tx): Promise<number> {
  const [row] = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from letter where state = 'BY_HAND'`);
  return row?.count ?? 0;
}

/** Seconds since the oldest letter was wanted that has not been handed over. */
export async function waitingSeconds(tx: Tx): Promise<number> {
  const [row] = await tx.execute<{ seconds: number }>(sql`
    select coalesce(extract(epoch from now() - min(wanted_at)), 0)::float8 as seconds from letter
    where state in ('WANTED', 'ADDRESSED')`);
  return row?.seconds ?? 0;
}

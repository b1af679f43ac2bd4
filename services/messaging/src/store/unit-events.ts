import type { Tx } from '@ranselpost/kit/database';
import { type SQL, sql } from 'drizzle-orm';
import type { EventAnswer, EventTerms, UnitEvent } from '../domain/unit-event.ts';
import type { Page } from './meetings.ts';
import { uuids } from './uuids.ts';

type EventRow = {
  id: string;
  unit_id: string;
  announced_by: string | null;
  title: string;
  place: string | null;
  bring: string | null;
  starts_at: string | null;
  ends_at: string | null;
  answer_until: string;
  choices: string[];
  adults_max: number;
  capacity: number | null;
  is_full: boolean;
  is_withdrawn: boolean;
  announced_at: string;
  reminder_id: string | null;
  child_ids: string[];
};
type AnswerRow = {
  event_id: string;
  unit_id: string;
  child_id: string;
  party: string;
  answered_by: string | null;
  choice: number;
  adults: number;
  answered_at: string;
};

const instant = (text: string | null): Date | null => (text === null ? null : new Date(text));
const toEvent = (row: EventRow): UnitEvent => ({
  ...{ id: row.id, unitId: row.unit_id, announcedBy: row.announced_by, childIds: row.child_ids },
  ...{ title: row.title, place: row.place, bring: row.bring, choices: row.choices },
  ...{
    startsAt: instant(row.starts_at),
    endsAt: instant(row.ends_at),
    answerUntil: new Date(row.answer_until),
  },
  ...{ adultsMax: row.adults_max, capacity: row.capacity, isFull: row.is_full },
  ...{ isWithdrawn: row.is_withdrawn, announcedAt: new Date(row.announced_at) },
  reminderId: row.reminder_id,
});
const toAnswer = (row: AnswerRow): EventAnswer => ({
  ...{ eventId: row.event_id, unitId: row.unit_id, childId: row.child_id, party: row.party },
  ...{ answeredBy: row.answered_by, choice: row.choice, adults: row.adults },
  answeredAt: new Date(row.answered_at),
});

const events = async (tx: Tx, where: SQL): Promise<UnitEvent[]> => {
  const rows = await tx.execute<EventRow>(sql`
    select id, unit_id, announced_by, title, place, bring, starts_at, ends_at, answer_until, choices, adults_max, capacity,
      is_full, withdrawn_at is not null as is_withdrawn, announced_at, reminder_id,
      array(select child_id from unit_event_invitation where event_id = unit_event.id order by child_id) as child_ids
    from unit_event where ${where}`);
  return rows.map(toEvent);
};
const page = ({ after, first }: Page): SQL =>
  sql`(${after}::uuid is null or id < ${after}::uuid) order by id desc limit ${first + 1}`;

export const byId = async (tx: Tx, id: string): Promise<UnitEvent | null> =>
  (await events(tx, sql`id = ${id}`))[0] ?? null;
export const underKey = async (tx: Tx, personId: string, key: string): Promise<UnitEvent | null> =>
  (await events(tx, sql`announced_by = ${personId} and idempotency_key = ${key}`))[0] ?? null;
export const forChild = (tx: Tx, childId: string, wanted: Page): Promise<UnitEvent[]> =>
  events(
    tx,
    sql`id in (select event_id from unit_event_invitation where child_id = ${childId}) and ${page(wanted)}`,
  );

const answerColumns = sql`event_id, unit_id, child_id, party, answered_by, choice, adults, answered_at`;
export async function answersTo(tx: Tx, eventIds: readonly string[]): Promise<EventAnswer[]> {
  const rows = await tx.execute<AnswerRow>(sql`
    select ${answerColumns} from unit_event_answer where event_id = any (${uuids(eventIds)}) order by child_id, party`);
  return rows.map(toAnswer);
}

export interface NewEvent extends EventTerms {
  readonly id: string;
  readonly unitId: string;
  readonly announcedBy: string;
  readonly childIds: readonly string[];
  readonly idempotencyKey: string;
}

/** False when another was stored under the key a moment ago. */
export async function insert(tx: Tx, event: NewEvent): Promise<boolean> {
  const { id, unitId, startsAt, endsAt } = event;
  const stored = await tx.execute(sql`
    insert into unit_event (id, unit_id, announced_by, title, place, bring, starts_at, ends_at, answer_until, choices, adults_max,
      capacity, idempotency_key)
    select ${id}, ${unitId}, ${event.announcedBy}, ${event.title}, ${event.place}, ${event.bring},
      ${startsAt?.toISOString() ?? null}::timestamptz, ${endsAt?.toISOString() ?? null}::timestamptz,
      ${event.answerUntil.toISOString()}::timestamptz,
      array(select jsonb_array_elements_text(${JSON.stringify(event.choices)}::jsonb)), ${event.adultsMax}, ${event.capacity},
      ${event.idempotencyKey}
    on conflict do nothing`);
  if (stored.count === 0) return false;
  await tx.execute(sql`
    insert into unit_event_invitation (event_id, child_id, unit_id)
    select ${id}::uuid, child_id, ${unitId}::uuid from unnest(${uuids(event.childIds)}) as child(child_id)`);
  return true;
}

export type GivenAnswer = Pick<EventAnswer, 'eventId' | 'unitId' | 'childId' | 'choice' | 'adults'> & {
  readonly answeredBy: string;
};

/** Null when there is no room for it, or another was stored a moment ago. */
export async function insertAnswer(tx: Tx, answer: GivenAnswer): Promise<EventAnswer | null> {
  const [stored] = await tx.execute<AnswerRow>(sql`
    insert into unit_event_answer (event_id, unit_id, child_id, answered_by, choice, adults)
    values (${answer.eventId}, ${answer.unitId}, ${answer.childId}, ${answer.answeredBy}, ${answer.choice}, ${answer.adults})
    on conflict do nothing returning ${answerColumns}`);
  return stored === undefined ? null : toAnswer(stored);
}

/** Null when there is no room for it. */
export async function changeAnswer(
  tx: Tx,
  { eventId, childId, party }: Pick<EventAnswer, 'eventId' | 'childId' | 'party'>,
  { choice, adults, answeredBy }: Pick<GivenAnswer, 'choice' | 'adults' | 'answeredBy'>,
): Promise<EventAnswer | null> {
  const [stored] = await tx.execute<AnswerRow>(sql`
    update unit_event_answer set choice = ${choice}, adults = ${adults}, answered_by = ${answeredBy}, answered_at = now()
    where event_id = ${eventId} and child_id = ${childId} and party = ${party} returning ${answerColumns}`);
  return stored === undefined ? null : toAnswer(stored);
}

/** False when it is not theirs to take back. Taken back before, it stays as it was. */
export async function withdraw(tx: Tx, id: string): Promise<boolean> {
  const { count } = await tx.execute(
    sql`update unit_event set withdrawn_at = coalesce(withdrawn_at, now()) where id = ${id}`,
  );
  return count > 0;
}

/**
 * As the service: what has to be answered soon and nobody was reminded of, where messages are open. Not what was announced as late as
 * a reminder of it would come.
 */
export async function nextToRemindOf(
  tx: Tx,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<Pick<UnitEvent, 'id' | 'unitId'> | undefined> {
  const [row] = await tx.execute<{ id: string; unit_id: string }>(sql`
    select id, unit_id from unit_event
    where reminder_id is null and withdrawn_at is null
      and answer_until > ${from.toISOString()}::timestamptz and answer_until <= ${to.toISOString()}::timestamptz
      and announced_at < answer_until - interval '1 day' and unit_id = any ((select units_open())::uuid[])
    order by answer_until, id limit 1 for update skip locked`);
  return row === undefined ? undefined : { id: row.id, unitId: row.unit_id };
}

export const markReminded = async (tx: Tx, id: string, reminderId: string): Promise<void> =>
  void (await tx.execute(sql`update unit_event set reminder_id = ${reminderId} where id = ${id}`));

/** As the service: the guardians of children who are there and not answered for. Nothing leaves by itself of a protected child (S-08). */
export async function guardiansToRemind(
  tx: Tx,
  eventId: string,
): Promise<{ personId: string; childId: string }[]> {
  const rows = await tx.execute<{ person_id: string; child_id: string }>(
    sql`select person_id, child_id from still_to_answer(${eventId}) order by person_id, child_id`,
  );
  return rows.map((row) => ({ personId: row.person_id, childId: row.child_id }));
}

/** The reminder of an event, and those guardians of a child answered for who have nobody left to answer for; undefined if none. */
export async function remindedForNothing(
  tx: Tx,
  { eventId, childId }: Pick<EventAnswer, 'eventId' | 'childId'>,
): Promise<{ noticeId: string; recipients: string[] } | undefined> {
  const [row] = await tx.execute<{ reminder_id: string; person_ids: string[] }>(
    sql`select reminder_id, person_ids from reminded_for_nothing(${eventId}, ${childId})`,
  );
  return row === undefined ? undefined : { noticeId: row.reminder_id, recipients: row.person_ids };
}

/** Takes away a child's answers, and of others' that somebody gave them or announced what was asked. */
export async function erasePerson(tx: Tx, personId: string): Promise<void> {
  await tx.execute(sql`select erase_person_from_events(${personId})`);
}

import type { Tx } from '@ranselpost/kit/database';
import { type SQL, sql } from 'drizzle-orm';
import type { Decided } from '../domain/decided.ts';

/** A decision that its family is to be told of. */
export interface NewLetter {
  readonly id: string;
  readonly childId: string;
  /** What was decided on. */
  readonly subjectId: string;
  readonly applicationId: string | null;
  /** The unit that the letter names. */
  readonly unitId: string | null;
  /** Null: every guardian who is responsible for the child. */
  readonly onlyFor: string | null;
  readonly decidedAt: Date;
  readonly content: Decided;
}

/** As the service, in the transaction that decides. */
export async function insertAll(tx: Tx, letters: readonly NewLetter[]): Promise<void> {
  if (letters.length === 0) return;
  await tx.execute(sql`
    insert into decision_letter (id, child_id, kind, subject_id, application_id, unit_id, only_for, content, decided_at)
    select id, "childId", content->>'kind', "subjectId", "applicationId", "unitId", "onlyFor", content, "decidedAt"
    from jsonb_to_recordset(${JSON.stringify(letters)}::jsonb) as l(id uuid, "childId" uuid, "subjectId" uuid, "applicationId" uuid,
      "unitId" uuid, "onlyFor" uuid, content jsonb, "decidedAt" timestamptz)`);
}

export interface UnwrittenLetter extends NewLetter {
  readonly unitName: string | null;
}

/** As the service: decisions of which no letter is written yet, oldest first; of a unit that nobody has named they wait. */
export async function takeUnwritten(tx: Tx, most: number): Promise<readonly UnwrittenLetter[]> {
  const rows = await tx.execute<{ letter: UnwrittenLetter & { readonly decidedAt: string } }>(sql`
    select jsonb_build_object('id', l.id, 'childId', l.child_id, 'subjectId', l.subject_id, 'applicationId', l.application_id,
      'unitId', l.unit_id, 'onlyFor', l.only_for, 'decidedAt', l.decided_at, 'content', l.content, 'unitName', u.name) as letter
    from decision_letter l left join access.unit u on u.unit_id = l.unit_id
    where l.written_at is null and (l.unit_id is null or u.name is not null)
    order by l.decided_at, l.id limit ${most} for update of l skip locked`);
  return rows.map(({ letter }) => ({ ...letter, decidedAt: new Date(letter.decidedAt) }));
}

export interface WrittenLetter {
  readonly id: string;
  readonly childId: string;
  readonly body: string;
  readonly readers: readonly { readonly decisionId: string; readonly personId: string }[];
}

/** As the service: letters, and whom they are for. */
export async function write(tx: Tx, letters: readonly WrittenLetter[], at: Date): Promise<void> {
  await tx.execute(sql`
    update decision_letter l set body = w.body, written_at = ${at.toISOString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(letters)}::jsonb) as w(id uuid, body text) where l.id = w.id`);
  const readers = letters.flatMap(({ id, childId, readers: some }) =>
    some.map((one) => ({ ...one, letterId: id, childId })),
  );
  await tx.execute(sql`
    insert into decision_reader (decision_id, letter_id, child_id, person_id)
    select "decisionId", "letterId", "childId", "personId"
    from jsonb_to_recordset(${JSON.stringify(readers)}::jsonb) as r("decisionId" uuid, "letterId" uuid, "childId" uuid, "personId" uuid)`);
}

/** A letter, with whoever asks as one of those whom it was sent to. */
export interface StoredLetter {
  readonly id: string;
  readonly childId: string;
  readonly kind: Decided['kind'];
  readonly subjectId: string;
  readonly onlyFor: string | null;
  readonly decidedAt: Date;
  readonly body: string;
  readonly content: Decided;
  readonly own: { readonly decisionId: string; readonly openedAt: Date | null } | null;
}

const ids = (of: readonly string[]): SQL =>
  sql`(select jsonb_array_elements_text(${JSON.stringify(of)}::jsonb)::uuid)`;
type Json = Omit<StoredLetter, 'decidedAt' | 'own'> & {
  readonly decidedAt: string;
  readonly own: { readonly decisionId: string; readonly openedAt: string | null } | null;
};
const select = async (tx: Tx, where: SQL): Promise<readonly StoredLetter[]> =>
  (
    await tx.execute<{ letter: Json }>(sql`
      select jsonb_build_object('id', l.id, 'childId', l.child_id, 'kind', l.kind, 'subjectId', l.subject_id, 'onlyFor', l.only_for,
        'decidedAt', l.decided_at, 'content', l.content, 'body', l.body, 'own', case when r.decision_id is null then null else
        jsonb_build_object('decisionId', r.decision_id, 'openedAt', r.opened_at) end) as letter
      from decision_letter l left join decision_reader r on r.letter_id = l.id and r.person_id = (select access.person())
      where l.written_at is not null and ${where}`)
  ).map(({ letter: { own, decidedAt, ...letter } }) => ({
    ...{ ...letter, decidedAt: new Date(decidedAt) },
    own: own === null ? null : { ...own, openedAt: own.openedAt === null ? null : new Date(own.openedAt) },
  }));

export const byId = async (tx: Tx, id: string): Promise<StoredLetter | undefined> =>
  (await select(tx, sql`l.id = ${id}`))[0];
/** About children, the last decision first. */
export const ofChildren = (tx: Tx, childIds: readonly string[]) =>
  select(tx, sql`l.child_id in ${ids(childIds)} order by l.decided_at desc, l.id desc`);

/** True when it was not open before; as the service. */
export async function markOpened(tx: Tx, decisionId: string, at: Date): Promise<boolean> {
  const rows = await tx.execute(sql`
    update decision_reader set opened_at = ${at.toISOString()}::timestamptz where decision_id = ${decisionId} and opened_at is null
    returning decision_id`);
  return rows.length > 0;
}

/** When whoever asks opened the letter about something; null where they have not, or none was sent to them. */
export async function openedAt(tx: Tx, kind: Decided['kind'], subjectId: string): Promise<Date | null> {
  const [row] = await tx.execute<{ opened_at: string | null }>(sql`
    select to_char(r.opened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as opened_at
    from decision_letter l join decision_reader r on r.letter_id = l.id and r.person_id = (select access.person())
    where l.kind = ${kind} and l.subject_id = ${subjectId} order by l.decided_at desc limit 1`);
  return row?.opened_at == null ? null : new Date(row.opened_at);
}

/** Letters about protected children that nobody has opened: somebody takes care that they arrive (S-08). */
export async function byHandCount(tx: Tx): Promise<number> {
  const [row] = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from decision_letter l
    where l.written_at is not null and l.child_id = any ((select children_kept_apart())::uuid[])
      and not exists (select from decision_reader r where r.letter_id = l.id and r.opened_at is not null)`);
  return row!.count;
}

/** Seconds since the oldest decision of which no letter is written. */
export async function unwrittenSeconds(tx: Tx): Promise<number> {
  const [row] = await tx.execute<{ seconds: number }>(sql`
    select coalesce(extract(epoch from now() - min(decided_at)), 0)::float8 as seconds from decision_letter where written_at is null`);
  return row!.seconds;
}

export const erasePerson = (tx: Tx, personId: string): Promise<unknown> =>
  tx.execute(sql`select erase_person_from_letters(${personId})`);

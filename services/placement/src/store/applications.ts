import type { Tx } from '@ranselpost/kit/database';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { type SQL, sql } from 'drizzle-orm';
import type { Application, ApplicationState, ApplyingChild } from '../domain/application.ts';
import type { RoundKind, RoundState } from '../domain/round.ts';
import type { Wish } from '../domain/wishes.ts';

/** An application as it stands, with as much of it as whoever asks may read. */
export interface StoredApplication extends Application {
  readonly wishes: readonly (Wish & { readonly rank: number })[];
  readonly roundId: string;
  /** Null where whoever asks sees no such round. */
  readonly roundState: RoundState | null;
  readonly wantedStart: LocalDate | null;
  readonly origin: 'PORTAL' | 'PAPER';
  readonly writtenBy: string | null;
  readonly submittedBy: string | null;
  readonly createdAt: Date;
  readonly guardianIds: readonly string[];
  readonly receipts: readonly StoredReceipt[];
}

export interface StoredReceipt {
  readonly version: number;
  readonly receivedAt: Date;
  readonly receivedBy: string | null;
  readonly key: string;
}

interface Row extends Record<string, unknown> {
  readonly id: string;
  readonly child_id: string;
  readonly round_id: string;
  readonly round_kind: RoundKind;
  readonly round_state: RoundState | null;
  readonly state: ApplicationState;
  readonly wanted_start: LocalDate | null;
  readonly origin: StoredApplication['origin'];
  readonly written_by: string | null;
  readonly submitted_at: string | null;
  readonly submitted_by: string | null;
  readonly version: number;
  readonly created_at: string;
  readonly wishes: StoredApplication['wishes'];
  readonly guardians: readonly string[];
  readonly receipts: readonly (Omit<StoredReceipt, 'receivedAt'> & { readonly receivedAt: string })[];
}

const fromRow = (row: Row): StoredApplication => ({
  id: row.id,
  childId: row.child_id,
  roundId: row.round_id,
  roundKind: row.round_kind,
  roundState: row.round_state,
  state: row.state,
  wantedStart: row.wanted_start,
  origin: row.origin,
  writtenBy: row.written_by,
  submittedAt: row.submitted_at === null ? null : new Date(row.submitted_at),
  submittedBy: row.submitted_by,
  version: row.version,
  createdAt: new Date(row.created_at),
  wishes: row.wishes,
  guardianIds: row.guardians,
  receipts: row.receipts.map((one) => ({ ...one, receivedAt: new Date(one.receivedAt) })),
});

const ids = (values: readonly string[]): SQL =>
  sql`(select jsonb_array_elements_text(${JSON.stringify(values)}::jsonb)::uuid)`;

const select = async (tx: Tx, where: SQL): Promise<StoredApplication[]> =>
  (
    await tx.execute<Row>(sql`
      select a.id, a.child_id, a.round_id, lower(a.round_kind) as round_kind, lower(r.state) as round_state,
        lower(a.state) as state, a.wanted_start::text, a.origin, a.written_by, a.submitted_at, a.submitted_by, a.version,
        a.created_at,
        coalesce((
          select jsonb_agg(jsonb_build_object('rank', w.rank, 'kindergarten', w.unit_id, 'sibling', s.of ->> w.rank::text) order by w.rank)
          from wish w where w.application_id = a.id), '[]') as wishes,
        coalesce((
          select jsonb_agg(g.person_id order by g.person_id) from application_guardian g where g.application_id = a.id),
          '[]') as guardians,
        coalesce((
          select jsonb_agg(jsonb_build_object('version', c.version, 'receivedAt', c.received_at, 'receivedBy', c.received_by,
            'key', c.idempotency_key)
            order by c.version)
          from application_receipt c where c.application_id = a.id), '[]') as receipts
      from placement_application a left join admission_round r on r.id = a.round_id,
        lateral (select siblings_wished_by(a.id) as of) as s
      where ${where}`)
  ).map(fromRow);

/** From here on nobody else writes at an application of the child, until the transaction ends. */
export const lockChild = (tx: Tx, childId: string): Promise<unknown> =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`application ${childId}`}, 0))`);

export const byIds = (tx: Tx, wanted: readonly string[]): Promise<StoredApplication[]> =>
  select(tx, sql`a.id in ${ids(wanted)}`);

/** Of a child in rounds of a kind, what stands and what is drafted. */
export const ofChildAndKind = (tx: Tx, childId: string, kind: RoundKind): Promise<StoredApplication[]> =>
  select(tx, sql`a.child_id = ${childId} and a.round_kind = upper(${kind})`);

/** Where a page of a list goes on. */
export interface ApplicationPlace {
  readonly at: string;
  readonly id: string;
}
export interface ApplicationListing {
  readonly after: ApplicationPlace | null;
  readonly first: number;
}

/** Where a page of a child's list goes on: after an application, and no word of when it was begun (ADR-11). */
export interface ChildListing {
  readonly after: string | null;
  readonly first: number;
}

/** A child's applications, latest first; one more than wanted when there are more. */
export const ofChild = (
  tx: Tx,
  childId: string,
  { after, first }: ChildListing,
): Promise<StoredApplication[]> =>
  select(
    tx,
    sql`a.child_id = ${childId} and (${after === null}
        or (a.created_at, a.id) < (select b.created_at, b.id from placement_application b where b.id = ${after}::uuid))
      order by a.created_at desc, a.id desc limit ${first + 1}`,
  );

/** What was sent to a round, at a unit alone where one is named; first come first, one more than wanted when there are more. */
export const ofRound = (
  tx: Tx,
  { roundId, unitId }: { readonly roundId: string; readonly unitId: string | null },
  { after, first }: ApplicationListing,
): Promise<StoredApplication[]> =>
  select(
    tx,
    sql`a.round_id = ${roundId} and a.submitted_at is not null
      and (${unitId === null} or exists (select from wish w where w.application_id = a.id and w.unit_id = ${unitId}::uuid))
      and (${after === null} or (a.submitted_at, a.id) > (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
      order by a.submitted_at, a.id limit ${first + 1}`,
  );

export interface NewDraft {
  readonly id: string;
  readonly childId: string;
  readonly roundId: string;
  readonly roundKind: RoundKind;
  readonly writtenBy: string;
}

/** Begins a draft under the grant by which its writer may; false when they have begun one a moment before. */
export async function insertDraft(tx: Tx, draft: NewDraft): Promise<boolean> {
  const rows = await tx.execute(sql`
    insert into placement_application (id, child_id, round_id, round_kind, drafted_under, written_by)
    select ${draft.id}::uuid, ${draft.childId}::uuid, ${draft.roundId}::uuid, upper(${draft.roundKind}), g.grant_id, ${draft.writtenBy}::uuid
    from access.guardian g where g.child_id = ${draft.childId} and g.person_id = ${draft.writtenBy}
    on conflict do nothing returning id`);
  return rows.length > 0;
}

/** Begins an application that came on paper; its receipt follows in the same transaction. */
export async function insertPaper(tx: Tx, paper: NewDraft): Promise<void> {
  await tx.execute(sql`
    insert into placement_application (id, child_id, round_id, round_kind, origin, written_by)
    values (${paper.id}, ${paper.childId}, ${paper.roundId}, upper(${paper.roundKind}), 'PAPER', ${paper.writtenBy})`);
}

/** What somebody has entered for a child under a key. */
export async function enteredUnder(
  tx: Tx,
  childId: string,
  enteredBy: string,
  key: string,
): Promise<StoredApplication | null> {
  const [found] = await select(
    tx,
    sql`a.id in (select c.application_id from application_receipt c
      where c.child_id = ${childId} and c.received_by = ${enteredBy} and c.origin = 'PAPER' and c.idempotency_key = ${key})`,
  );
  return found ?? null;
}

/** What a draft says. */
export interface DraftContent {
  readonly wantedStart: LocalDate | null;
  readonly wishes: readonly Wish[];
  readonly guardianIds: readonly string[];
}

/** Puts what a draft says in the place of what it said. */
export async function writeDraft(
  tx: Tx,
  id: string,
  { wantedStart, wishes, guardianIds }: DraftContent,
): Promise<void> {
  await tx.execute(sql`
    update placement_application set wanted_start = ${wantedStart}::date, version = version + 1 where id = ${id}`);
  await tx.execute(sql`delete from wish where application_id = ${id}`);
  await tx.execute(sql`
    insert into wish (application_id, child_id, round_id, rank, unit_id, sibling_child_id, drafted_under)
    select a.id, a.child_id, a.round_id, w.nth, (w.wish ->> 'kindergarten')::uuid, (w.wish ->> 'sibling')::uuid, a.drafted_under
    from placement_application a, jsonb_array_elements(${JSON.stringify(wishes)}::jsonb) with ordinality as w(wish, nth)
    where a.id = ${id}`);
  await tx.execute(sql`delete from application_guardian where application_id = ${id}`);
  await tx.execute(sql`
    insert into application_guardian (application_id, child_id, person_id, drafted_under)
    select a.id, a.child_id, person_id::uuid, a.drafted_under
    from placement_application a, jsonb_array_elements_text(${JSON.stringify(guardianIds)}::jsonb) as person_id
    where a.id = ${id}`);
}

export const discardDraft = (tx: Tx, id: string): Promise<unknown> =>
  tx.execute(sql`select discard_draft(${id})`);

/** An application of one's own child, as far as it takes to withdraw it. */
export type ToWithdraw = Pick<StoredApplication, 'id' | 'childId' | 'roundId' | 'state' | 'submittedBy'> & {
  /** That a unit that it wishes for is hidden, so that the rest of it is too. */
  readonly isHidden: boolean;
};

export async function toWithdraw(tx: Tx, id: string): Promise<ToWithdraw | undefined> {
  const [row] = await tx.execute<{ application: ToWithdraw }>(sql`
    select jsonb_build_object('id', id, 'childId', child_id, 'roundId', round_id, 'state', lower(state), 'submittedBy', submitted_by,
      'isHidden', is_hidden) as application
    from application_to_withdraw(${id})`);
  return row?.application;
}

/** That one of a child in rounds of a kind stands, or is drafted, which whoever asks may not be shown now (X07). */
export async function hasHidden(tx: Tx, childId: string, kind: RoundKind): Promise<boolean> {
  const [row] = await tx.execute<{ has_hidden: boolean }>(
    sql`select has_hidden_application(${childId}, upper(${kind})) as has_hidden`,
  );
  return row!.has_hidden;
}

/** Something of an application that came in: from then on it is what it says. */
export interface NewReceipt extends DraftContent {
  readonly applicationId: string;
  readonly childId: string;
  readonly origin: StoredApplication['origin'];
  readonly version: number;
  readonly receivedAt: Date;
  readonly receivedBy: string;
  readonly idempotencyKey: string;
}

export async function insertReceipt(tx: Tx, receipt: NewReceipt): Promise<void> {
  const wishes = receipt.wishes.map(({ kindergarten, sibling }, index) => ({
    ...{ rank: index + 1, unitId: kindergarten, siblingChildId: sibling },
  }));
  await tx.execute(sql`
    insert into application_receipt (application_id, version, child_id, origin, received_at, received_by, wanted_start, wishes,
      guardian_ids, idempotency_key)
    values (${receipt.applicationId}, ${receipt.version}, ${receipt.childId}, ${receipt.origin}, ${receipt.receivedAt.toISOString()},
      ${receipt.receivedBy}, ${receipt.wantedStart}::date, ${JSON.stringify(wishes)}::jsonb,
      array(select jsonb_array_elements_text(${JSON.stringify(receipt.guardianIds)}::jsonb)::uuid), ${receipt.idempotencyKey})`);
}

/** What was received of an application under a key; null where nothing was. */
export async function receivedUnder(tx: Tx, applicationId: string, key: string): Promise<number | null> {
  const [row] = await tx.execute<{ version: number }>(sql`
    select version from application_receipt where application_id = ${applicationId} and idempotency_key = ${key}`);
  return row?.version ?? null;
}

export const insertWithdrawal = (
  tx: Tx,
  { id, childId }: Pick<StoredApplication, 'id' | 'childId'>,
  withdrawnBy: string,
): Promise<unknown> =>
  tx.execute(sql`
    insert into application_withdrawal (application_id, child_id, withdrawn_by) values (${id}, ${childId}, ${withdrawnBy})`);

/** Whom the register names as responsible for a child, as far as whoever asks may know. */
export async function guardiansToState(tx: Tx, childId: string): Promise<readonly string[]> {
  const [row] = await tx.execute<{ people: string[] }>(
    sql`select to_jsonb(guardians_to_state(${childId})) as people`,
  );
  return row!.people;
}

/** What is known of a child that applies, of a day and of units of a kind. */
export async function applyingChild(
  tx: Tx,
  childId: string,
  { day, unitKind }: { readonly day: LocalDate; readonly unitKind: 'KINDERGARTEN' | 'AFTER_SCHOOL' },
): Promise<ApplyingChild> {
  const [row] = await tx.execute<{ born: LocalDate | null; has_place: boolean }>(sql`
    select born_on::text as born, has_place from admission_facts(${childId}, ${day}, ${unitKind})`);
  return { born: row?.born ?? null, hasPlace: row?.has_place ?? false };
}

/** True where whoever sent an application is responsible for the child no more, so that another guardian has to see to it. */
export async function isApplicantGone(tx: Tx, applicationId: string): Promise<boolean> {
  const [row] = await tx.execute<{ is_gone: boolean }>(
    sql`select application_applicant_is_gone(${applicationId}) as is_gone`,
  );
  return row!.is_gone;
}

/** True where some of what whoever asks would be told of a child, or of a round, is hidden (X07). */
export async function isAnyHidden(
  tx: Tx,
  { childId, roundId }: { readonly childId: string | null; readonly roundId: string | null },
): Promise<boolean> {
  const [row] = await tx.execute<{ is_hidden: boolean }>(
    sql`select is_any_application_hidden(${childId}::uuid, ${roundId}::uuid) as is_hidden`,
  );
  return row!.is_hidden;
}

/** As the service: whoever is responsible for a child today, and whether the child is protected. */
export async function atHome(
  tx: Tx,
  childId: string,
  today: LocalDate,
): Promise<{ readonly personIds: readonly string[]; readonly isKeptApart: boolean }> {
  const [row] = await tx.execute<{ people: string[]; is_kept_apart: boolean }>(sql`
    select is_kept_apart(${childId}), coalesce((
      select jsonb_agg(person_id order by person_id) from access.guardian
      where child_id = ${childId} and ground = 'PARENTAL_RESPONSIBILITY' and (ends_on is null or ends_on > ${today}::date)), '[]') as people`);
  return { personIds: row!.people, isKeptApart: row!.is_kept_apart };
}

/** The children among some who are protected, of whom whoever asks may know it. */
export async function keptApart(tx: Tx, childIds: readonly string[]): Promise<readonly string[]> {
  const [row] = await tx.execute<{ among: readonly string[] }>(
    sql`select to_jsonb(kept_apart_among(array${ids(childIds)})) as among`,
  );
  return row!.among;
}

/** The children among some whose guardian somebody is, whatever they ask as (GUA-24). */
export async function ownChildren(
  tx: Tx,
  personId: string | null,
  childIds: readonly string[],
): Promise<readonly string[]> {
  const rows = await tx.execute<{ child_id: string }>(sql`
    select child_id from access.guardian where person_id = ${personId} and child_id in ${ids(childIds)}`);
  return rows.map(({ child_id }) => child_id);
}

export const erasePerson = (tx: Tx, personId: string): Promise<unknown> =>
  tx.execute(sql`select erase_person_from_applications(${personId})`);

/** As the service: forgets drafts of rounds that are over. Answers how many. */
export async function forgetDraftsOver(tx: Tx, most: number): Promise<number> {
  const [row] = await tx.execute<{ gone: number }>(sql`select forget_drafts_over(${most}) as gone`);
  return row!.gone;
}

/** As the service: forgets applications that came to nothing, of rounds that were over before an instant. Answers how many. */
export async function forgetOver(tx: Tx, ended: Date, most: number): Promise<number> {
  const [row] = await tx.execute<{ gone: number }>(
    sql`select forget_applications_over(${ended.toISOString()}::timestamptz, ${most}) as gone`,
  );
  return row!.gone;
}

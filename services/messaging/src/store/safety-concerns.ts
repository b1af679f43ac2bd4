import type { Tx } from '@ranselpost/kit/database';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { sql } from 'drizzle-orm';
import type { Addressed, SafetyConcern, Standing } from '../domain/safety-concern.ts';
import { uuids } from './uuids.ts';
import { type PageWanted, isPastLeaders, newestFirst, standingColumns } from './page.ts';

export async function raise(
  tx: Tx,
  {
    concernId,
    entryId,
    unitId,
    cause,
    isAboutStaff,
    addressed: { aboutIds, isPastLeaders },
  }: Pick<SafetyConcern, 'unitId' | 'cause' | 'isAboutStaff'> & {
    readonly concernId: string;
    readonly entryId: string;
    readonly addressed: Addressed;
  },
): Promise<void> {
  await tx.execute(sql`
    insert into safety_concern (concern_id, entry_id, unit_id, cause, is_about_staff, is_past_leaders)
    values (${concernId}, ${entryId}, ${unitId}, ${cause}, ${isAboutStaff}, ${isPastLeaders})`);
  if (aboutIds.length > 0)
    await tx.execute(sql`
      insert into concern_about (concern_id, person_id)
      select ${concernId}::uuid, jsonb_array_elements_text(${JSON.stringify(aboutIds)}::jsonb)::uuid`);
}

/** Who leads a unit as a whole today, and who answers for the municipality. */
export async function desk(
  tx: Tx,
  unitId: string,
): Promise<{ readonly leaderIds: readonly string[]; readonly municipalIds: readonly string[] }> {
  const [row] = await tx.execute<{ leaders: string[]; municipal: string[] }>(sql`
    select
      (select coalesce(jsonb_agg(distinct person_id), '[]') from access.staff_role
       where unit_id = ${unitId} and role = 'LEADER' and group_id is null and from_day <= access.today()
         and (to_day is null or access.today() < to_day)) as leaders,
      (select coalesce(jsonb_agg(distinct person_id), '[]') from access.municipal_role
       where role = 'MUNICIPAL_ADMINISTRATOR' and from_day <= access.today()
         and (to_day is null or access.today() < to_day)) as municipal`);
  return { leaderIds: row!.leaders, municipalIds: row!.municipal };
}

/** What somebody is for the municipality today. */
export async function municipalRolesOf(tx: Tx, actor: Actor): Promise<readonly string[]> {
  if (actor.kind !== 'staff') return [];
  const rows = await tx.execute<{ role: string }>(sql`
    select distinct role from access.municipal_role
    where person_id = ${actor.personId} and from_day <= access.today() and (to_day is null or access.today() < to_day)`);
  return rows.map(({ role }) => role);
}

type Row = {
  id: string;
  unit_id: string;
  cause: SafetyConcern['cause'];
  is_about_staff: boolean;
  raised_at: string;
  taken_on_at: string | null;
  case_number: string | null;
  is_past_leaders: boolean;
  is_about_viewer: boolean;
};
export type Found = SafetyConcern & Standing;

const toFound = (row: Row): Found => ({
  ...{ id: row.id, unitId: row.unit_id, cause: row.cause, isAboutStaff: row.is_about_staff },
  ...{ isPastLeaders: row.is_past_leaders, isAboutViewer: row.is_about_viewer },
  raisedAt: new Date(row.raised_at),
  takenOnAt: row.taken_on_at === null ? null : new Date(row.taken_on_at),
  caseNumber: row.case_number,
});

const columns = sql`c.concern_id as id, c.unit_id, c.cause, c.is_about_staff, c.raised_at, c.taken_on_at, e.case_number, ${standingColumns}`;

/** What waits or was taken on, at a unit or of all that goes past leaders, newest first; one more than wanted when there are more. */
export async function list(tx: Tx, unitId: string | null, page: PageWanted): Promise<readonly Found[]> {
  const rows = await tx.execute<Row>(sql`
    select ${columns} from safety_concern c join archive_entry e using (entry_id)
    where case when ${unitId}::uuid is null then ${isPastLeaders} else c.unit_id = ${unitId} end
    ${newestFirst({ table: sql`safety_concern`, alias: sql`c`, at: sql`raised_at`, key: sql`concern_id` }, page)}`);
  return rows.map(toFound);
}

export async function byId(tx: Tx, concernId: string): Promise<Found | null> {
  const [row] = await tx.execute<Row>(sql`
    select ${columns} from safety_concern c join archive_entry e using (entry_id) where c.concern_id = ${concernId}`);
  return row === undefined ? null : toFound(row);
}

/** Somebody takes a concern on; whoever does so first stays the one. */
export async function takeOn(tx: Tx, concernId: string, personId: string): Promise<void> {
  await tx.execute(sql`
    update safety_concern set taken_on_at = now(), taken_on_by = ${personId}
    where concern_id = ${concernId} and taken_on_at is null`);
}

/** Notes that somebody raises something under a key, once; answers when. */
export async function noteReport(
  tx: Tx,
  raisedBy: string,
  key: string,
): Promise<{ readonly isNew: boolean; readonly raisedAt: Date }> {
  const rows = await tx.execute<{ raised_at: string }>(sql`
    insert into concern_report (raised_by, idempotency_key) values (${raisedBy}, ${key})
    on conflict do nothing returning raised_at`);
  const [row] =
    rows.length > 0
      ? rows
      : await tx.execute<{ raised_at: string }>(sql`
          select raised_at from concern_report where raised_by = ${raisedBy} and idempotency_key = ${key}`);
  return { isNew: rows.length > 0, raisedAt: new Date(row!.raised_at) };
}

/** The schools of some children who are at an after-school unit, whose leader is its leader too; of others the unit itself. */
export async function schoolsOf(
  tx: Tx,
  childIds: readonly string[],
  unitId: string,
): Promise<readonly string[]> {
  const rows = await tx.execute<{ unit_id: string }>(sql`
    select distinct e.unit_id from access.enrolment e join access.unit u on u.unit_id = e.unit_id and u.kind = 'SCHOOL'
    where e.child_id = any (${uuids(childIds)}) and e.from_day <= access.today() and (e.to_day is null or access.today() < e.to_day)
      and (select kind from access.unit where unit_id = ${unitId}) = 'AFTER_SCHOOL'`);
  return rows.length === 0 ? [unitId] : rows.map((row) => row.unit_id);
}

export async function erasePerson(tx: Tx, personId: string): Promise<void> {
  await tx.execute(sql`delete from concern_report where raised_by = ${personId}`);
  await tx.execute(sql`delete from concern_about where person_id = ${personId}`);
  await tx.execute(sql`update safety_concern set taken_on_by = null where taken_on_by = ${personId}`);
}

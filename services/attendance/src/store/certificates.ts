import type { Tx } from '@ranselpost/kit/database';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { sql } from 'drizzle-orm';
import type { CertificateFile, Certified, KeptNote, RemovalRequest } from '../domain/certificate.ts';

type RequestJson = Omit<RemovalRequest, 'requestedAt' | 'decidedAt'> & {
  readonly requestedAt: string;
  readonly decidedAt: string | null;
};
type FileJson = Pick<CertificateFile, 'places' | 'grades'> & {
  readonly notes: readonly (Omit<KeptNote, 'acceptedAt'> & { readonly acceptedAt: string })[];
  readonly request: RequestJson | null;
  readonly certified: readonly (Omit<Certified, 'certifiedAt'> & { readonly certifiedAt: string })[];
};

const requestJson = sql`jsonb_build_object('id', id, 'childId', child_id, 'unitId', unit_id, 'schoolYear', school_year,
  'withCauses', with_causes, 'requestedAt', requested_at, 'outcome', outcome, 'reason', reason, 'decidedAt', decided_at)`;
const requestFrom = ({ requestedAt, decidedAt, ...request }: RequestJson): RemovalRequest => ({
  ...{ ...request, requestedAt: new Date(requestedAt) },
  decidedAt: decidedAt === null ? null : new Date(decidedAt),
});

/** One change of a pupil's certificate at a time. */
export const lockPupil = async (tx: Tx, childId: string): Promise<void> =>
  void (await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`certificate ${childId}`}, 0))`,
  ));

/** Everything about the certificate of a pupil's school year, as far as whoever asks may see it. */
export async function ofPupil(
  tx: Tx,
  childId: string,
  { schoolYear, from, to }: { readonly schoolYear: number; readonly from: LocalDate; readonly to: LocalDate },
): Promise<CertificateFile> {
  const [row] = await tx.execute<{ file: FileJson }>(sql`
    with place as materialized (select pupil_places(${childId}, ${from}, ${to}) as places)
    select jsonb_build_object('places', places,
      'grades', (select coalesce(jsonb_agg(jsonb_build_object('groupId', group_id, 'grade', grade)), '[]') from group_grade
        where school_year = ${schoolYear} and (unit_id::text, group_id::text) in (
          select one ->> 'unitId', jsonb_array_elements_text(one -> 'groupIds') from jsonb_array_elements(places) as one)),
      'notes', (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'from', from_day, 'to', to_day, 'isChronic', is_chronic,
          'acceptedAt', accepted_at) order by from_day, id), '[]') from health_note
        where child_id = ${childId} and withdrawn_at is null and from_day < ${to}::date and to_day >= ${from}::date),
      'request', (select ${requestJson} from removal_request
        where child_id = ${childId} and school_year = ${schoolYear} order by requested_at desc, id desc limit 1),
      'certified', (select coalesce(jsonb_agg(jsonb_build_object('grade', grade, 'days', days, 'hours', hours, 'removed', removed,
          'certifiedAt', certified_at, 'reason', reason) order by nth), '[]') from absence_certificate
        where child_id = ${childId} and school_year = ${schoolYear})) as file
    from place`);
  const { notes, request, certified, ...rest } = row!.file;
  return {
    ...rest,
    notes: notes.map((note) => ({ ...note, acceptedAt: new Date(note.acceptedAt) })),
    request: request === null ? null : requestFrom(request),
    certified: certified.map((one) => ({ ...one, certifiedAt: new Date(one.certifiedAt) })),
  };
}

export async function requestById(tx: Tx, id: string): Promise<RemovalRequest | undefined> {
  const [row] = await tx.execute<{ request: RequestJson }>(
    sql`select ${requestJson} as request from removal_request where id = ${id}`,
  );
  return row === undefined ? undefined : requestFrom(row.request);
}

/** A request that stands already stays as it is; answers whether there was none. */
export async function request(
  tx: Tx,
  wanted: Pick<RemovalRequest, 'id' | 'childId' | 'unitId' | 'schoolYear' | 'withCauses'>,
  requestedBy: string,
): Promise<boolean> {
  const { count } = await tx.execute(sql`
    insert into removal_request (id, child_id, unit_id, school_year, with_causes, requested_by)
    values (${wanted.id}, ${wanted.childId}, ${wanted.unitId}, ${wanted.schoolYear}, ${wanted.withCauses}, ${requestedBy})
    on conflict do nothing`);
  return count > 0;
}

/** False where somebody has decided on it meanwhile. */
export async function decideRequest(
  tx: Tx,
  id: string,
  by: {
    readonly outcome: string;
    readonly reason: string | null;
    readonly decidedBy: string;
    readonly at: Date;
  },
): Promise<boolean> {
  const { count } = await tx.execute(sql`
    update removal_request set outcome = ${by.outcome}, reason = ${by.reason}, decided_by = ${by.decidedBy},
      decided_at = ${by.at.toISOString()}
    where id = ${id} and outcome is null`);
  return count > 0;
}

/** Documentation that stands already stays as it is. */
export const keepNote = async (
  tx: Tx,
  note: Omit<KeptNote, 'acceptedAt'> & { readonly childId: string; readonly unitId: string },
  acceptedBy: string,
): Promise<void> =>
  void (await tx.execute(sql`
    insert into health_note (id, child_id, unit_id, from_day, to_day, is_chronic, accepted_by)
    values (${note.id}, ${note.childId}, ${note.unitId}, ${note.from}, ${note.to}, ${note.isChronic}, ${acceptedBy})
    on conflict do nothing`));

export async function pupilOfNote(tx: Tx, id: string): Promise<{ childId: string; from: LocalDate } | null> {
  const [row] = await tx.execute<{ child_id: string; from_day: LocalDate }>(
    sql`select child_id, from_day from health_note where id = ${id}`,
  );
  return row === undefined ? null : { childId: row.child_id, from: row.from_day };
}

export const withdrawNote = async (tx: Tx, id: string, withdrawnBy: string, at: Date): Promise<void> =>
  void (await tx.execute(sql`
    update health_note set withdrawn_by = ${withdrawnBy}, withdrawn_at = ${at.toISOString()}
    where id = ${id} and withdrawn_at is null`));

export const certify = async (
  tx: Tx,
  { childId, schoolYear, unitId, nth }: { childId: string; schoolYear: number; unitId: string; nth: number },
  { grade, days, hours, removed, reason }: Omit<Certified, 'certifiedAt'>,
  certifiedBy: string,
): Promise<void> =>
  void (await tx.execute(sql`
    insert into absence_certificate (child_id, school_year, nth, unit_id, grade, days, hours, removed, reason, certified_by)
    values (${childId}, ${schoolYear}, ${nth}, ${unitId}, ${grade}, ${days}, ${hours}, ${removed}, ${reason}, ${certifiedBy})`));

/** Says which grade a class is in in a school year, instead of what was said before. */
export const setGrade = async (
  tx: Tx,
  {
    groupId,
    unitId,
    schoolYear,
    grade,
  }: { groupId: string; unitId: string; schoolYear: number; grade: number },
  setBy: string,
): Promise<void> =>
  void (await tx.execute(sql`
    insert into group_grade (group_id, school_year, unit_id, grade, set_by)
    values (${groupId}, ${schoolYear}, ${unitId}, ${grade}, ${setBy})
    on conflict (unit_id, group_id, school_year) do update set grade = excluded.grade, set_by = excluded.set_by, set_at = now()`));

/** Takes away what is kept of a child's certificates; of others', who asked, decided and certified. */
export const erasePerson = async (tx: Tx, personId: string): Promise<void> =>
  void (await tx.execute(sql`select erase_person_from_counting(${personId})`));

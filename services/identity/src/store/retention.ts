import type { Tx } from '@ranselpost/kit/database';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { sql } from 'drizzle-orm';
import type { RetentionFacts } from '../domain/retention.ts';
import { idsOf, json } from './json.ts';

/** What is found of somebody: what is decided on, and what an erasure of them is counted and told by. */
export interface Retained extends RetentionFacts {
  /** Every id of theirs, the one that counts first. */
  readonly ids: readonly string[];
  /** Where they were last; null where that is nobody's to know (ADR-16), and for whoever was nowhere. */
  readonly unitId: string | null;
}

type Row = Omit<
  Retained,
  'requests' | 'knownSince' | 'consideredUntil' | 'preparedOn' | 'signedInOn' | 'holdLiftedOn' | 'tieEndedOn'
> &
  Record<'knownSince', string> &
  Record<'consideredUntil' | 'preparedOn' | 'signedInOn' | 'holdLiftedOn' | 'tieEndedOn', string | null> & {
    readonly requests: readonly (Omit<Retained['requests'][number], 'request'> & {
      readonly request: {
        readonly state: Retained['requests'][number]['request']['state'];
      } & Readonly<Record<'closedAt' | 'openedAt' | 'complainedAt', string | null>>;
    })[];
  };

const day = (text: string | null): string | null => (text === null ? null : localDateAt(new Date(text)));
const instant = (text: string | null): Date | null => (text === null ? null : new Date(text));

/** What is known of some people, each under the id that counts. Those who were erased are left out. */
export async function load(tx: Tx, personIds: readonly string[]): Promise<readonly Retained[]> {
  if (personIds.length === 0) return [];
  const rows = await tx.execute<{ retained: Row }>(sql`
    select jsonb_build_object(
      'personId', p.person_id, 'ids', own.ids, 'knownSince', p.known_since, 'isChild', p.is_child,
      'wasGuardian', coalesce(p.followed_as = 'guardian', false),
      'leftOn', places.left_on, 'isEnrolled', places.is_enrolled,
      'unitId', case when p.held_protection not in ('FORTROLIG', 'STRENGT_FORTROLIG')
        and p.protection not in ('FORTROLIG', 'STRENGT_FORTROLIG') then coalesce(places.unit_id, roles.unit_id) end,
      'workedUntil', roles.until, 'isEmployed', roles.is_employed or (not p.is_child and exists (
        select from roster_person where person_id = any (own.ids))),
      'isTied', exists (select from responsibility where holder_id = any (own.ids))
        or exists (select from access_grant where person_id = any (own.ids) and child_id <> all (own.ids) and state <> 'ENDED')
        or exists (select from restriction where person_id = any (own.ids) and lifted_at is null),
      'tieEndedOn', greatest(
        (select max(ended_at) from access_grant where person_id = any (own.ids)),
        (select max(lifted_at) from restriction where person_id = any (own.ids))),
      'appliedForOn', p.applied_for_on,
      'isConsidered', exists (select from considered_child c
        where c.child_id = any (own.ids) and c.is_waiting and is_still_considered(c)
          and (p.birth_date is null or p.birth_date > ((select access.today()) - interval '14 years')::date)),
      'consideredUntil', (select max(waited_until) from considered_child where child_id = any (own.ids)),
      'preparedOn', (select max(asked_at) from applicant where person_id = any (own.ids)),
      'signedInOn', (select max(last_at) from sign_in where person_id = any (own.ids)),
      'requests', coalesce((
        select jsonb_agg(jsonb_build_object(
          'request', jsonb_build_object('state', r.state, 'closedAt', r.closed_at, 'openedAt', r.opened_at,
            'complainedAt', r.complained_at),
          'isForgotten', r.forgotten_at is not null,
          'isArchived', coalesce((select bool_and(n.archived_at is not null) from information_entry n
            where n.request_id = r.request_id), r.closed_at is null)))
        from information_request r
        where r.asker_id = any (own.ids) or r.child_id = any (own.ids)
          or (r.closed_at is null and exists (select from information_candidate k
            where k.request_id = r.request_id and k.child_id = any (own.ids)))), '[]'),
      'hasOpenItems', exists (select from work_item where child_id = any (own.ids) and closed_at is null),
      'hasOpenProposals', exists (select from proposal
        where outcome is null and (child_id = any (own.ids) or person_id = any (own.ids))),
      'legalHolds', coalesce((
        select jsonb_agg(kind) from retention_hold where person_id = any (own.ids) and lifted_at is null), '[]'),
      'holdLiftedOn', (select max(lifted_at) from retention_hold where person_id = any (own.ids))) as retained
    from person p
    cross join lateral (
      select array[p.person_id] || array(select person_id from person where merged_into = p.person_id) as ids) as own
    cross join lateral (
      select nullif(max(coalesce(to_day, 'infinity')), 'infinity') as left_on,
        coalesce(bool_or(to_day is null), false) as is_enrolled,
        (array_agg(unit_id order by coalesce(to_day, 'infinity') desc, unit_id))[1] as unit_id
      from enrolment where child_id = any (own.ids)) as places
    cross join lateral (
      select nullif(max(coalesce(to_day, 'infinity')), 'infinity') as until,
        coalesce(bool_or(to_day is null), false) as is_employed,
        (array_agg(unit_id order by coalesce(to_day, 'infinity') desc, unit_id))[1] as unit_id
      from (
        select to_day, unit_id from staff_role where person_id = any (own.ids)
        union all select to_day, null from municipal_role where person_id = any (own.ids)) as role) as roles
    where p.person_id = any (${idsOf(personIds)}) and p.merged_into is null
      and not exists (select from erasure e where e.person_id = p.person_id)
    order by p.person_id`);
  return rows.map(({ retained }) => ({
    ...retained,
    knownSince: localDateAt(new Date(retained.knownSince)),
    consideredUntil: day(retained.consideredUntil),
    preparedOn: day(retained.preparedOn),
    tieEndedOn: day(retained.tieEndedOn),
    signedInOn: day(retained.signedInOn),
    holdLiftedOn: day(retained.holdLiftedOn),
    requests: retained.requests.map(({ request, ...rest }) => ({
      ...rest,
      request: {
        state: request.state,
        closedAt: instant(request.closedAt),
        openedAt: instant(request.openedAt),
        complainedAt: instant(request.complainedAt),
      },
    })),
  }));
}

/** Children first, so that whoever is here for nobody but them can go on the same day. */
export type RunPhase = 'children' | 'others';

export interface Run {
  readonly day: string;
  readonly phase: RunPhase;
  readonly cursor: string | null;
}

/**
 * The look of a day, begun if need be and held by this transaction; undefined when it is done, or while a roster is being
 * taken in: it may bring somebody back, and none begins before this transaction ends.
 */
export async function takeRun(tx: Tx, today: string): Promise<Run | undefined> {
  await tx.execute(sql`lock table roster_import in share mode`);
  const [open] = await tx.execute(
    sql`select from roster_import where state in ('READING', 'APPLYING') limit 1`,
  );
  if (open !== undefined) return undefined;
  await tx.execute(sql`insert into retention_run (day) values (${today}::date) on conflict do nothing`);
  const [run] = await tx.execute<{ phase: RunPhase; cursor: string | null }>(sql`
    select phase, cursor from retention_run where day = ${today}::date and finished_at is null for update`);
  return run === undefined ? undefined : { day: today, phase: run.phase, cursor: run.cursor };
}

/** The next people of a run, by id. */
export async function next(tx: Tx, { phase, cursor }: Run, most: number): Promise<readonly string[]> {
  const rows = await tx.execute<{ person_id: string }>(sql`
    select person_id from person p
    where person_id > ${cursor ?? '00000000-0000-0000-0000-000000000000'}::uuid and merged_into is null
      and is_child = ${phase === 'children'}
    order by person_id limit ${most}`);
  return rows.map(({ person_id }) => person_id);
}

export async function moveOn(
  tx: Tx,
  run: Run,
  {
    phase,
    cursor,
    scanned,
  }: { readonly phase: RunPhase; readonly cursor: string | null; readonly scanned: number },
): Promise<void> {
  await tx.execute(sql`
    update retention_run set phase = ${phase}, cursor = ${cursor}::uuid, scanned = scanned + ${scanned}
    where day = ${run.day}::date`);
}

export async function finish(tx: Tx, { day: of }: Run): Promise<void> {
  await tx.execute(sql`update retention_run set finished_at = now() where day = ${of}::date`);
}

/** How many people of a kind, last at a unit, a day's look found in a state. */
export interface Figure {
  readonly unitId: string | null;
  readonly kind: string;
  readonly state: 'UPCOMING' | 'HELD' | 'ERASED' | 'FAILED';
  readonly rule: string;
}

/** Counts what a batch found, one by one. */
export async function count(tx: Tx, run: Run, found: readonly Figure[]): Promise<void> {
  if (found.length === 0) return;
  await tx.execute(sql`
    insert into retention_figure as known (day, unit_id, kind, state, rule, count)
    select ${run.day}::date, (f->>'unitId')::uuid, f->>'kind', f->>'state', f->>'rule', count(*)
    from jsonb_array_elements(${json(found)}) as f group by 2, 3, 4, 5
    on conflict (day, unit_id, kind, state, rule) do update set count = known.count + excluded.count`);
}

/** What staff have to see to after a day's look. */
export async function concerns(
  tx: Tx,
  run: Run,
): Promise<{ readonly hasFailed: boolean; readonly hasReview: boolean }> {
  const [row] = await tx.execute<{ has_failed: boolean; has_review: boolean }>(sql`
    select exists (select from retention_figure where day = ${run.day}::date and state = 'FAILED') as has_failed,
      exists (select from retention_hold where lifted_at is null and review_on <= ${run.day}::date) as has_review`);
  return { hasFailed: row!.has_failed, hasReview: row!.has_review };
}

/** Begins a day's look anew: what it had found is not known to have been done. */
export async function beginAgain(tx: Tx, today: string): Promise<void> {
  await tx.execute(sql`delete from retention_run where day >= ${today}::date`);
}

/** Figures that say how the last look goes, or went. */
export async function progress(
  tx: Tx,
): Promise<
  { readonly scanned: number; readonly secondsSince: number } & Readonly<Record<Figure['state'], number>>
> {
  const [row] = await tx.execute<{
    found: Record<Figure['state'], number> | null;
    scanned: number;
    seconds: number;
  }>(sql`
    select scanned, extract(epoch from now() - coalesce(
        (select max(finished_at) from retention_run), started_at))::float8 as seconds, (
      select jsonb_object_agg(state, count) from (
        select state, sum(count) as count from retention_figure f where f.day = r.day group by state) as sums) as found
    from retention_run r order by day desc limit 1`);
  return {
    ...{ scanned: row?.scanned ?? 0, secondsSince: row?.seconds ?? 0 },
    ...{ UPCOMING: 0, HELD: 0, ERASED: 0, FAILED: 0, ...row?.found },
  };
}

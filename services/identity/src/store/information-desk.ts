import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { Route } from '../domain/information-request.ts';
import type { Protection } from '../domain/protection.ts';
import { idsOf, json } from './json.ts';
import type { NameView } from './views.ts';

export interface Unsorted {
  readonly requestId: string;
  readonly askerId: string;
}

/** Requests that lie on nobody's table yet, oldest first; locked until the transaction ends. */
export async function unsorted(tx: Tx, most: number): Promise<readonly Unsorted[]> {
  const rows = await tx.execute<{ request_id: string; asker_id: string }>(sql`
    select request_id, asker_id from information_request where route = 'UNSORTED' and closed_at is null
    order by received_at limit ${most} for update skip locked`);
  return rows.map((row) => ({ requestId: row.request_id, askerId: row.asker_id }));
}

export interface KnownChild {
  readonly childId: string;
  readonly name: NameView | null;
  readonly birthDate: string | null;
  /** The register names the asker as a parent, or as a holder of responsibility. */
  readonly isOfAsker: boolean;
}

/** Children of rosters who were born on a day, or have one of some ids. */
export async function children(
  tx: Tx,
  askerId: string,
  { bornOn, ids }: { readonly bornOn: string | null; readonly ids: readonly string[] },
): Promise<readonly KnownChild[]> {
  const rows = await tx.execute<{ child: KnownChild }>(sql`
    select jsonb_build_object('childId', c.person_id, 'birthDate', c.birth_date,
      'name', case when c.given is not null and c.family is not null then
        jsonb_build_object('given', c.given, 'middle', c.middle, 'family', c.family) end,
      'isOfAsker', exists (select from responsibility h where h.child_id = c.person_id and h.holder_id = ${askerId})
        or exists (select from register_parent p join person_number n on n.lookup_hash = p.lookup_hash
          where p.child_id = c.person_id and n.person_id = ${askerId})) as child
    from person c where c.is_child and c.merged_into is null
      and (c.birth_date = ${bornOn}::date or c.person_id = any (${idsOf(ids)}))`);
  return rows.map(({ child }) => child);
}

/** Keeps whom some requests may mean. */
export async function saveCandidates(
  tx: Tx,
  candidates: readonly { readonly requestId: string; readonly childId: string }[],
): Promise<void> {
  if (candidates.length === 0) return;
  await tx.execute(sql`
    insert into information_candidate (request_id, child_id)
    select (c->>'requestId')::uuid, (c->>'childId')::uuid from jsonb_array_elements(${json(candidates)}) as c`);
}

/** Of open requests, of some and of those on the desk, how far the children whom they may mean are protected (ADR-01). */
export async function protectionOf(
  tx: Tx,
  requestIds: readonly string[],
): Promise<readonly { requestId: string; route: Route; levels: readonly Protection[] }[]> {
  const rows = await tx.execute<{ request_id: string; route: Route; levels: Protection[] }>(sql`
    select r.request_id, r.route, array_remove(array_agg(c.held_protection), null) as levels
    from information_request r left join information_candidate k on k.request_id = r.request_id
      left join person c on c.person_id = k.child_id
    where r.closed_at is null and (r.route = 'DESK' or r.request_id = any (${idsOf(requestIds)}))
    group by r.request_id, r.route`);
  return rows.map(({ request_id, route, levels }) => ({ requestId: request_id, route, levels }));
}

/** Lays requests on another table, without what was found and written at the one they come from. */
export async function move(
  tx: Tx,
  moves: readonly { readonly requestId: string; readonly route: Route }[],
): Promise<void> {
  if (moves.length === 0) return;
  await tx.execute(sql`
    update information_request set route = m->>'route', state = 'RECEIVED', child_id = null, unit_id = null, standing = null,
      void_by = null, is_harmful = null, is_secret = null, checked_by = null, draft_kind = null, ground = null, drafted_by = null
    from jsonb_array_elements(${json(moves)}) as m
    where request_id = (m->>'requestId')::uuid and closed_at is null`);
  await tx.execute(sql`
    delete from information_text where request_id = any (${idsOf(moves.map(({ requestId }) => requestId))})
      and kind in ('PROOF', 'NOTE', 'ANSWER', 'REASONS')`);
}

/** Closed cases of which the archive has everything, and whose texts are still here. */
export async function archivedWithTexts(tx: Tx): Promise<readonly string[]> {
  const rows = await tx.execute<{ request_id: string }>(sql`
    select r.request_id from information_request r where r.closed_at is not null and r.forgotten_at is null
      and exists (select from information_entry e where e.request_id = r.request_id)
      and not exists (select from information_entry e where e.request_id = r.request_id and e.archived_at is null)
    for update skip locked`);
  return rows.map(({ request_id }) => request_id);
}

/** Deletes what was written, and whom it might have been about. What was decided stays in codes. */
export async function forget(tx: Tx, requestIds: readonly string[], at: Date): Promise<void> {
  const these = idsOf(requestIds);
  await tx.execute(sql`delete from information_text where request_id = any (${these})`);
  await tx.execute(sql`delete from information_candidate where request_id = any (${these})`);
  await tx.execute(sql`
    update information_request set forgotten_at = ${at.toISOString()}::timestamptz, child_id = null
    where request_id = any (${these})`);
}

/** Names of some children, as the register has them, each in one piece. */
export async function childNames(tx: Tx, childIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (childIds.length === 0) return new Map();
  const rows = await tx.execute<{ child_id: string; name: string }>(sql`
    select person_id as child_id, concat_ws(' ', given, middle, family) as name from person
    where person_id = any (${idsOf(childIds)}) and given is not null`);
  return new Map(rows.map(({ child_id, name }) => [child_id, name]));
}

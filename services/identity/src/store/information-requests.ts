import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { Draft, Findings, InformationRequest, RequestState } from '../domain/information-request.ts';
import type { Tables } from '../domain/information-policy.ts';
import type { WrittenForm } from '../domain/information-letters.ts';
import { idsOf, json } from './json.ts';

/** A request with what only its store and its letters need of it. */
export interface StoredRequest extends InformationRequest {
  readonly form: WrittenForm;
  readonly unitId: string | null;
}

type Row = Omit<StoredRequest, 'receivedAt' | 'closedAt' | 'openedAt' | 'complainedAt'> &
  Record<'receivedAt', string> &
  Record<'closedAt' | 'openedAt' | 'complainedAt', string | null>;

const instant = (text: string | null): Date | null => (text === null ? null : new Date(text));
const fromRow = (row: Row): StoredRequest => ({
  ...row,
  receivedAt: new Date(row.receivedAt),
  closedAt: instant(row.closedAt),
  openedAt: instant(row.openedAt),
  complainedAt: instant(row.complainedAt),
});

const columns = sql.raw(`jsonb_build_object(
  'requestId', r.request_id, 'askerId', r.asker_id, 'scope', r.scope, 'form', r.form, 'state', r.state, 'route', r.route,
  'receivedAt', r.received_at, 'closedAt', r.closed_at, 'openedAt', r.opened_at, 'complainedAt', r.complained_at,
  'unitId', r.unit_id,
  'findings', case when r.checked_by is not null then jsonb_build_object('childId', r.child_id, 'standing', r.standing,
    'voidBy', r.void_by, 'isHarmful', r.is_harmful, 'isSecret', r.is_secret) end,
  'draft', case when r.drafted_by is not null then jsonb_build_object('kind', r.draft_kind, 'ground', r.ground,
    'by', r.drafted_by) end) as request`);

/** How many requests somebody has open, and has made since an instant. One at a time asks. */
export async function countOf(
  tx: Tx,
  askerId: string,
  since: Date,
): Promise<{ open: number; inADay: number }> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${askerId}, 47))`);
  const [row] = await tx.execute<{ open: number; in_a_day: number }>(sql`
    select count(*) filter (where state in ('RECEIVED', 'CHECKED'))::integer as open,
      count(*) filter (where received_at > ${since.toISOString()}::timestamptz)::integer as in_a_day
    from information_request where asker_id = ${askerId}`);
  return { open: row!.open, inADay: row!.in_a_day };
}

export async function insert(
  tx: Tx,
  request: Pick<StoredRequest, 'requestId' | 'askerId' | 'scope' | 'form' | 'receivedAt'>,
): Promise<void> {
  const { requestId, askerId, scope, form, receivedAt } = request;
  await tx.execute(sql`
    insert into information_request (request_id, asker_id, scope, form, received_at)
    values (${requestId}, ${askerId}, ${scope}, ${form}, ${receivedAt.toISOString()}::timestamptz)`);
}

/** One request that the actor may see, locked until the transaction ends. */
export async function lock(tx: Tx, requestId: string): Promise<StoredRequest | undefined> {
  const [row] = await tx.execute<{ request: Row }>(sql`
    select ${columns} from information_request r where r.request_id = ${requestId} for update`);
  return row === undefined ? undefined : fromRow(row.request);
}

/** A place in a list, oldest first, that a page goes on after. */
export interface RequestPlace {
  readonly at: string;
  readonly id: string;
}

/** Somebody's own requests, newest first; one more than wanted when there are more. */
export async function ofAsker(
  tx: Tx,
  askerId: string,
  { after, first }: { readonly after: RequestPlace | null; readonly first: number },
): Promise<readonly StoredRequest[]> {
  const rows = await tx.execute<{ request: Row }>(sql`
    select ${columns} from information_request r where r.asker_id = ${askerId}
      and (${after === null} or (r.received_at, r.request_id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    order by r.received_at desc, r.request_id desc limit ${first + 1}`);
  return rows.map(({ request }) => fromRow(request));
}

/** What lies on some tables, oldest first; one more than wanted when there are more. Never one of the reader's own. */
export async function onTables(
  tx: Tx,
  readerId: string,
  tables: Tables,
  wanted: {
    readonly states: readonly RequestState[];
    readonly hasComplaint: boolean;
    readonly after: RequestPlace | null;
    readonly first: number;
  },
): Promise<readonly StoredRequest[]> {
  const { states, hasComplaint, after, first } = wanted;
  const rows = await tx.execute<{ request: Row }>(sql`
    select ${columns} from information_request r
    where r.asker_id <> ${readerId}
      and (r.route = any (${textsOf(tables.routes)}) or (r.route = 'DESK' and r.unit_id = any (${idsOf(tables.unitIds)})))
      and (r.state = any (${textsOf(states)}) or (${hasComplaint} and r.complained_at is not null))
      and (${after === null} or (r.received_at, r.request_id) > (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    order by r.received_at, r.request_id limit ${first + 1}`);
  return rows.map(({ request }) => fromRow(request));
}

export async function byIds(tx: Tx, ids: readonly string[]): Promise<readonly StoredRequest[]> {
  const rows = await tx.execute<{ request: Row }>(sql`
    select ${columns} from information_request r where r.request_id = any (${idsOf(ids)})`);
  return rows.map(({ request }) => fromRow(request));
}

/** What was found; whatever was written before falls. */
export async function saveCheck(
  tx: Tx,
  requestId: string,
  findings: Findings & { readonly unitId: string | null },
  by: string,
): Promise<void> {
  const { childId, unitId, standing, voidBy, isHarmful, isSecret } = findings;
  await tx.execute(sql`
    update information_request set state = 'CHECKED', child_id = ${childId}, unit_id = ${unitId}, standing = ${standing},
      void_by = ${voidBy}, is_harmful = ${isHarmful}, is_secret = ${isSecret}, checked_by = ${by},
      draft_kind = null, ground = null, drafted_by = null
    where request_id = ${requestId}`);
}

export async function saveDraft(tx: Tx, requestId: string, draft: Draft): Promise<void> {
  await tx.execute(sql`
    update information_request set draft_kind = ${draft.kind}, ground = ${draft.kind === 'REFUSAL' ? draft.ground : null},
      drafted_by = ${draft.by}
    where request_id = ${requestId}`);
}

export async function close(
  tx: Tx,
  requestId: string,
  state: 'ANSWERED' | 'REFUSED' | 'WITHDRAWN',
  at: Date,
  releasedBy: string | null,
): Promise<void> {
  await tx.execute(sql`
    update information_request set state = ${state}, closed_at = ${at.toISOString()}::timestamptz, released_by = ${releasedBy}
    where request_id = ${requestId}`);
}

export const markOpened = (tx: Tx, requestId: string, at: Date): Promise<unknown> =>
  tx.execute(sql`
    update information_request set opened_at = coalesce(opened_at, ${at.toISOString()}::timestamptz)
    where request_id = ${requestId}`);

export const markComplained = (tx: Tx, requestId: string, at: Date): Promise<unknown> =>
  tx.execute(sql`
    update information_request set complained_at = ${at.toISOString()}::timestamptz where request_id = ${requestId}`);

export type Step =
  | 'RECEIVED'
  | 'ROUTED'
  | 'CHECKED'
  | 'ANSWER_WRITTEN'
  | 'REFUSAL_WRITTEN'
  | 'RELEASED'
  | 'WITHDRAWN'
  | 'OPENED'
  | 'COMPLAINED'
  | 'ARCHIVED'
  | 'FORGOTTEN';

export interface StepTaken {
  readonly requestId: string;
  readonly step: Step;
  /** Null for the service itself. */
  readonly by: { readonly actorId: string; readonly key: string } | null;
  readonly codes?: object;
  readonly at: Date;
}

/** Adds steps to the history. A key that the actor has used for another step is a unique key that is taken. */
export async function addSteps(tx: Tx, steps: readonly StepTaken[]): Promise<void> {
  if (steps.length === 0) return;
  const rows = steps.map(({ by, codes = {}, at, ...step }) => ({
    ...step,
    codes,
    at: at.toISOString(),
    actorId: by?.actorId ?? null,
    key: by?.key ?? null,
  }));
  await tx.execute(sql`
    insert into information_history (request_id, step, actor_id, idempotency_key, codes, at)
    select (s->>'requestId')::uuid, s->>'step', (s->>'actorId')::uuid, s->>'key', s->'codes', (s->>'at')::timestamptz
    from jsonb_array_elements(${json(rows)}) with ordinality as steps (s, place) order by place`);
}

/** The step that an actor has taken under a key. */
export async function stepUnder(
  tx: Tx,
  actorId: string,
  key: string,
): Promise<{ readonly requestId: string; readonly step: Step } | undefined> {
  const [row] = await tx.execute<{ request_id: string; step: Step }>(sql`
    select request_id, step from information_history where actor_id = ${actorId} and idempotency_key = ${key}`);
  return row === undefined ? undefined : { requestId: row.request_id, step: row.step };
}

/** The key of the first opening, which alone may read an answer again. */
export async function firstOpeningKey(
  tx: Tx,
  requestId: string,
  actorId: string,
): Promise<string | undefined> {
  const [row] = await tx.execute<{ idempotency_key: string }>(sql`
    select idempotency_key from information_history
    where request_id = ${requestId} and step = 'OPENED' and actor_id = ${actorId} order by id limit 1`);
  return row?.idempotency_key;
}

const textsOf = (texts: readonly string[]) => sql`${`{${texts.join()}}`}::text[]`;

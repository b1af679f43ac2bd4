import type { Tx } from '@ranselpost/kit/database';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import type { Feature } from '@ranselpost/kit/pure/features';
import { type SQL, sql } from 'drizzle-orm';
import type { Act, Notice, Place, Power, Unit } from '../domain/feature.ts';
import { idsOf, json } from './json.ts';

/** What somebody does with a feature. */
export interface Doing {
  readonly kind: 'STATEMENT' | 'STOP' | 'CANCELLATION';
  readonly feature: Feature;
  readonly place: Place;
  /** Null for a cancellation. */
  readonly state: Act['state'] | null;
  readonly opensOn: LocalDate | null;
  /** Whether somebody was warned of the day and insists on it. */
  readonly insistsOnDay: boolean;
  readonly isReadable: boolean;
  readonly notice: Notice | null;
  readonly cancels: string | null;
}

/** The same, as it is written down. */
export interface NewAct extends Doing {
  readonly actId: string;
  readonly power: Power;
  readonly lifts: readonly string[];
  /** The decision of two that lifts them. */
  readonly decisionId: string | null;
  /** Who did it, why, and under which key of theirs. Null: the service itself. */
  readonly by: {
    readonly personId: string;
    readonly reasonId: string;
    readonly idempotencyKey: string;
    /** What was done under the key, in hex. */
    readonly requestHash: string;
  } | null;
}

/** The same, as it stands in the history. */
export interface StoredAct extends Doing {
  readonly actId: string;
  readonly ordinal: string;
  readonly power: Power;
  readonly lifts: readonly string[];
  readonly madeBy: string | null;
  readonly madeAt: string;
  readonly approvedBy: string | null;
  readonly reasonId: string | null;
  readonly isCancelled: boolean;
}

const columns = sql`
  jsonb_build_object('actId', act_id, 'ordinal', ordinal::text, 'kind', a.kind, 'feature', feature,
    'place', case level when 'UNIT_KIND' then jsonb_build_object('level', level, 'unitKind', unit_kind)
      when 'UNIT' then jsonb_build_object('level', level, 'unitIds', to_jsonb(unit_ids))
      else jsonb_build_object('level', level) end,
    'state', state, 'opensOn', opens_on, 'insistsOnDay', insists_on_day, 'isReadable', is_readable, 'notice', notice,
    'cancels', cancels, 'power', power, 'lifts', to_jsonb(lifts), 'madeBy', made_by, 'madeAt', made_at,
    'approvedBy', (select decided_by from proposal where proposal_id = decision_id), 'reasonId', a.reason_id,
    'isCancelled', exists (select from feature_act c where c.cancels = a.act_id)) as act`;

async function select(tx: Tx, where: SQL): Promise<readonly StoredAct[]> {
  const rows = await tx.execute<{ act: StoredAct }>(sql`select ${columns} from feature_act a where ${where}`);
  return rows.map(({ act }) => act);
}

/** What was stated and stopped of a feature, or of all, in the order it was. */
export async function all(tx: Tx, feature?: Feature): Promise<readonly Act[]> {
  const ofFeature = feature === undefined ? sql`true` : sql`feature = ${feature}`;
  const acts = await select(tx, sql`a.kind <> 'CANCELLATION' and ${ofFeature} order by a.ordinal`);
  return acts as readonly (StoredAct & Act)[];
}

export async function byId(tx: Tx, actId: string): Promise<StoredAct | undefined> {
  return (await select(tx, sql`act_id = ${actId}`))[0];
}

/** What somebody has done under a key of theirs, and whether it was the same that they do now. */
export async function underKey(
  tx: Tx,
  { personId, idempotencyKey, requestHash }: Omit<NonNullable<NewAct['by']>, 'reasonId'>,
): Promise<{ readonly act: StoredAct; readonly isSame: boolean } | undefined> {
  const [row] = await tx.execute<{ act: StoredAct; is_same: boolean }>(sql`
    select ${columns}, request_hash = decode(${requestHash}, 'hex') as is_same
    from feature_act a where made_by = ${personId} and idempotency_key = ${idempotencyKey}`);
  return row === undefined ? undefined : { act: row.act, isSame: row.is_same };
}

/** Acts, the newest first; all of them, or those of one feature. */
export const newest = (
  tx: Tx,
  { feature, before, most }: { feature: Feature | null; before: string | null; most: number },
): Promise<readonly StoredAct[]> =>
  select(
    tx,
    sql`(${feature}::text is null or feature = ${feature}) and (${before}::bigint is null or ordinal < ${before}::bigint)
      order by a.ordinal desc limit ${most}`,
  );

/** Writes an act down. False when there is one under the same key, or it was cancelled already, by somebody a moment ago. */
export async function insert(tx: Tx, act: NewAct): Promise<boolean> {
  const { place, by } = act;
  const rows = await tx.execute(sql`
    insert into feature_act (act_id, kind, feature, level, unit_kind, unit_ids, state, opens_on, insists_on_day, is_readable,
      notice, reason_id, lifts, decision_id, cancels, power, made_by, idempotency_key, request_hash)
    values (${act.actId}, ${act.kind}, ${act.feature}, ${place.level}, ${place.level === 'UNIT_KIND' ? place.unitKind : null},
      ${idsOf(place.level === 'UNIT' ? place.unitIds : [])}, ${act.state}, ${act.opensOn}, ${act.insistsOnDay},
      ${act.isReadable}, ${act.notice === null ? null : json(act.notice)}, ${by?.reasonId ?? null}, ${idsOf(act.lifts)},
      ${act.decisionId}, ${act.cancels}, ${act.power}, ${by?.personId ?? null}, ${by?.idempotencyKey ?? null},
      decode(${by?.requestHash ?? null}, 'hex'))
    on conflict do nothing returning act_id`);
  return rows.length > 0;
}

/** Those of some units that there are. */
export async function unitsOf(tx: Tx, unitIds: readonly string[]): Promise<readonly Unit[]> {
  const rows = await tx.execute<{ unit_id: string; kind: Unit['kind'] }>(
    sql`select unit_id, kind from unit where is_active and unit_id = any (${idsOf(unitIds)})`,
  );
  return rows.map(({ unit_id, kind }) => ({ unitId: unit_id, kind }));
}

import { envelopeSchema, type Envelope, type DataOf } from '@ranselpost/schema/events/event';
import { enrolmentsChangedV1 } from '@ranselpost/schema/events/identity/enrolments-changed.v1';
import { guardiansChangedV1 } from '@ranselpost/schema/events/identity/guardians-changed.v1';
import { heartbeatSentV1 } from '@ranselpost/schema/events/identity/heartbeat-sent.v1';
import { rolesChangedV1 } from '@ranselpost/schema/events/identity/roles-changed.v1';
import { snapshotCompletedV1 } from '@ranselpost/schema/events/identity/snapshot-completed.v1';
import { snapshotStartedV1 } from '@ranselpost/schema/events/identity/snapshot-started.v1';
import { unitChangedV1 } from '@ranselpost/schema/events/identity/unit-changed.v1';
import { sql } from 'drizzle-orm';
import type { Bus } from './bus.ts';
import { type Handler, consume, on } from './consume.ts';
import type { Database, Tx } from './database.ts';
import type { Life } from './service.ts';
import { accessCopyAge } from './metrics.ts';

/** Where a copy asks identity to tell everything once more. Not kept: a copy asks until it is answered. */
export const snapshotRequestSubject = 'identity.snapshot-request';

export interface AccessCopyOptions {
  readonly service: string;
  readonly db: Database;
  readonly bus: Bus;
  readonly life: Life;
  readonly maxStaleness: number;
  /** What the service does itself about facts of identity, beside keeping the copy. */
  readonly handlers?: readonly Handler[];
}

/**
 * Keeps this service's own copy of who may see whom, as identity tells it. The copy counts as fresh only while identity's
 * heartbeat names no event that has not been committed here; from a gap until a snapshot has filled it, it counts as
 * nothing (S-04). Readiness says how old it is.
 */
export function startAccessCopy(options: AccessCopyOptions): void {
  const { service, db, bus, life, maxStaleness } = options;
  const consumer = consume({
    db,
    bus,
    log: life.log,
    stream: 'identity',
    consumer: `${service}-access-copy`,
    handlers: [...copyHandlers, ...(options.handlers ?? [])],
    onEach: (tx, envelope) => advance(tx, envelope),
    onDead: (tx, envelope) => closeAround(tx, envelope),
  });
  life.onStop('access copy', consumer.stop);

  const heartbeats = bus.connection.subscribe(heartbeatSentV1.type);
  void (async () => {
    for await (const message of heartbeats) {
      try {
        const envelope = envelopeSchema.parse(message.json());
        await confirm(db, heartbeatSentV1.data.parse(envelope.data));
      } catch (error) {
        life.log.warn('a heartbeat could not be counted', { error });
      }
    }
  })();
  life.onStop('heartbeats', () => heartbeats.unsubscribe());

  const asking = setInterval(() => {
    void isWhole(db)
      .then((whole) => (whole ? undefined : bus.connection.publish(snapshotRequestSubject)))
      .catch(() => {});
  }, 2_000);
  life.onStop('snapshot request', () => clearInterval(asking));

  life.ready('access copy', async () => {
    const age = await copyAge(db);
    accessCopyAge.set(age);
    if (age > maxStaleness) throw new Error('too old');
  });
}

const copyHandlers: readonly Handler[] = [
  on(guardiansChangedV1, async (tx, { childId, revision, guardians }, envelope) => {
    if (!(await isNews(tx, envelope, childId, revision))) return;
    await tx.execute(sql`delete from access.guardian where child_id = ${childId}`);
    await tx.execute(sql`
      insert into access.guardian (child_id, person_id, grant_id, ground)
      select ${childId}::uuid, (g->>'personId')::uuid, (g->>'grantId')::uuid, g->>'ground'
      from jsonb_array_elements(${JSON.stringify(guardians)}::jsonb) as g on conflict do nothing`);
  }),
  on(enrolmentsChangedV1, async (tx, { childId, revision, enrolments }, envelope) => {
    if (!(await isNews(tx, envelope, childId, revision))) return;
    await tx.execute(sql`delete from access.enrolment where child_id = ${childId}`);
    await tx.execute(sql`
      insert into access.enrolment (enrolment_id, child_id, unit_id, group_ids, from_day, to_day)
      select (e->>'enrolmentId')::uuid, ${childId}::uuid, (e->>'unitId')::uuid,
             array(select jsonb_array_elements_text(e->'groupIds')::uuid), (e->>'from')::date, (e->>'to')::date
      from jsonb_array_elements(${JSON.stringify(enrolments)}::jsonb) as e`);
  }),
  on(rolesChangedV1, async (tx, { personId, revision, roles }, envelope) => {
    if (!(await isNews(tx, envelope, personId, revision))) return;
    await tx.execute(sql`delete from access.staff_role where person_id = ${personId}`);
    await tx.execute(sql`
      insert into access.staff_role (role_id, person_id, role, unit_id, group_id, from_day, to_day)
      select (r->>'roleId')::uuid, ${personId}::uuid, r->>'role', (r->>'unitId')::uuid, (r->>'groupId')::uuid,
             (r->>'from')::date, (r->>'to')::date
      from jsonb_array_elements(${JSON.stringify(roles)}::jsonb) as r`);
  }),
  on(unitChangedV1, async (tx, { unitId, revision, kind, isActive }, envelope) => {
    if (!(await isNews(tx, envelope, unitId, revision))) return;
    await tx.execute(sql`
      insert into access.unit (unit_id, kind, is_active) values (${unitId}, ${kind}, ${isActive})
      on conflict (unit_id) do update set kind = excluded.kind, is_active = excluded.is_active`);
  }),
  on(snapshotStartedV1, async (tx, { snapshotId }) => {
    await tx.execute(sql`update access.copy_state set snapshot_id = ${snapshotId}`);
  }),
  on(snapshotCompletedV1, (tx, { snapshotId }) => completeSnapshot(tx, snapshotId)),
];

const factTables: Readonly<Record<string, { table: string; key: string }>> = {
  [guardiansChangedV1.type]: { table: 'access.guardian', key: 'child_id' },
  [enrolmentsChangedV1.type]: { table: 'access.enrolment', key: 'child_id' },
  [rolesChangedV1.type]: { table: 'access.staff_role', key: 'person_id' },
  [unitChangedV1.type]: { table: 'access.unit', key: 'unit_id' },
};

/** True when no newer word on the same fact has been taken in; a repeat within a snapshot counts as told (S-24). */
async function isNews(tx: Tx, { type }: Envelope, subjectId: string, revision: number): Promise<boolean> {
  const known = await tx.execute(sql`
    insert into access.fact as known (kind, subject_id, revision, snapshot_id)
    values (${type}, ${subjectId}, ${revision}, (select snapshot_id from access.copy_state))
    on conflict (kind, subject_id) do update set revision = excluded.revision, snapshot_id = excluded.snapshot_id
    where known.revision <= excluded.revision
    returning revision`);
  return known.length > 0;
}

/**
 * Moves the copy's place in identity's order of telling. What was told before is dropped; a place that was skipped means
 * that something is missing, and closes the copy until a snapshot has told everything anew.
 */
async function advance(tx: Tx, { seq }: Envelope): Promise<boolean> {
  const [state] = await tx.execute<{ position: string }>(
    sql`select position from access.copy_state for update`,
  );
  const position = Number(state?.position ?? 0);
  if (seq <= position) return false;
  await tx.execute(
    seq === position + 1
      ? sql`update access.copy_state set position = ${seq}`
      : sql`update access.copy_state set position = ${seq}, is_whole = false, snapshot_id = null`,
  );
  return true;
}

/** What was put aside is not known: whoever it was about is closed, and all of them when that cannot be told. */
async function closeAround(tx: Tx, envelope: Envelope | null): Promise<void> {
  const told =
    envelope === null ? undefined : Object.keys(factTables).find((type) => sameFact(type, envelope.type));
  if (envelope === null) {
    await tx.execute(sql`update access.copy_state set is_whole = false, snapshot_id = null`);
    return;
  }
  await advance(tx, envelope);
  if (told === undefined) return;
  const { table, key } = factTables[told]!;
  await tx.execute(sql`delete from ${sql.raw(table)} where ${sql.raw(key)}::text = ${envelope.subject}`);
}

const sameFact = (one: string, other: string): boolean =>
  one.replace(/\d+$/, '') === other.replace(/\d+$/, '');

async function completeSnapshot(tx: Tx, snapshotId: string): Promise<void> {
  const [state] = await tx.execute<{ mine: boolean }>(sql`
    select snapshot_id is not distinct from ${snapshotId}::uuid as mine from access.copy_state`);
  if (state?.mine !== true) return;
  for (const [type, { table, key }] of Object.entries(factTables)) {
    await tx.execute(sql`
      with untold as (
        delete from access.fact where kind = ${type} and snapshot_id is distinct from ${snapshotId}::uuid returning subject_id)
      delete from ${sql.raw(table)} where ${sql.raw(key)} in (select subject_id from untold)`);
  }
  await tx.execute(sql`update access.copy_state set is_whole = true, snapshot_id = null`);
}

async function confirm(db: Database, { position, asOf }: DataOf<typeof heartbeatSentV1>): Promise<void> {
  await db.asService((tx) =>
    tx.execute(sql`
      update access.copy_state set as_of = greatest(as_of, ${asOf}::timestamptz), verified_at = now()
      where position >= ${position} and (as_of is null or as_of <= ${asOf}::timestamptz)`),
  );
}

async function copyAge(db: Database): Promise<number> {
  const [state] = await db.asService((tx) =>
    tx.execute<{ age: number | null }>(sql`
      select case when is_whole then extract(epoch from now() - least(as_of, verified_at))::float8 end as age
      from access.copy_state`),
  );
  return state?.age ?? Number.POSITIVE_INFINITY;
}

async function isWhole(db: Database): Promise<boolean> {
  const [state] = await db.asService((tx) =>
    tx.execute<{ is_whole: boolean }>(sql`select is_whole from access.copy_state`),
  );
  return state?.is_whole ?? false;
}

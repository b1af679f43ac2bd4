import { envelopeSchema, type Envelope, type DataOf } from '@ranselpost/schema/events/event';
import { enrolmentsChangedV1 } from '@ranselpost/schema/events/identity/enrolments-changed.v1';
import { featureChangedV1 } from '@ranselpost/schema/events/identity/feature-changed.v1';
import { guardiansChangedV1 } from '@ranselpost/schema/events/identity/guardians-changed.v1';
import { heartbeatSentV1 } from '@ranselpost/schema/events/identity/heartbeat-sent.v1';
import { personErasedV1 } from '@ranselpost/schema/events/identity/person-erased.v1';
import { rolesChangedV1 } from '@ranselpost/schema/events/identity/roles-changed.v1';
import { snapshotCompletedV1 } from '@ranselpost/schema/events/identity/snapshot-completed.v1';
import { snapshotStartedV1 } from '@ranselpost/schema/events/identity/snapshot-started.v1';
import { unitChangedV1 } from '@ranselpost/schema/events/identity/unit-changed.v1';
import { type SQL, sql } from 'drizzle-orm';
import type { Bus } from './bus.ts';
import { type Handler, consume, on } from './consume.ts';
import type { Database, Tx } from './database.ts';
import { type Erasure, erasePerson, forgetInAccessCopy } from './erasure.ts';
import type { Life } from './service.ts';
import { accessCopyAge } from './metrics.ts';
import { type Purge, onProtectionRaised } from './protection.ts';
import { type SnapshotWish, askForSnapshot } from './snapshot-request.ts';

export interface AccessCopyOptions {
  readonly service: string;
  readonly db: Database;
  readonly bus: Bus;
  readonly life: Life;
  readonly maxStaleness: number;
  /** What the service does itself about facts of identity, beside keeping the copy. */
  readonly handlers?: readonly Handler[];
  /** Facts of identity that it keeps in tables of its own, by the same rules as the copy's. */
  readonly facts?: readonly OwnFact[];
  /** How it erases a person of whom identity says that nobody has a case for them (RET-08). */
  readonly erasure?: Erasure;
  /** What it lets go of about somebody who is protected from now on (ADR-12); `keepsNothingToPurge` where there is nothing. */
  readonly purge: Purge;
}

/**
 * A fact of identity that a service keeps in a table of its own: as the copy's facts, a snapshot forgets what it does not tell
 * (S-27), and of whom it cannot be read, nothing is known. The handler asks `isNews` first.
 */
export interface OwnFact {
  readonly handler: Handler;
  /** A row for each subject, or several. */
  readonly table: string;
  /** The column with the subject's id. */
  readonly key: string;
  /** What to make of a row that is not known any more, as SQL, where it does not just go. */
  readonly unknown?: string;
}

/**
 * Keeps this service's own copy of who may see whom, as identity tells it. The copy counts as fresh only while identity's
 * heartbeat names the very event that was committed here last; from a gap until a snapshot has filled it, it counts as
 * nothing (S-04). A copy that has heard more than identity says it told asks as well: identity has been restored to an
 * earlier day, and does not know (S-27). Readiness says how old it is.
 */
export function startAccessCopy(options: AccessCopyOptions): void {
  const { service, db, bus, life, maxStaleness, facts = [] } = options;
  const kept: FactTables = {
    ...factTables,
    ...Object.fromEntries(facts.map(({ handler, ...where }) => [handler.contract.type, where] as const)),
  };
  const consumer = consume({
    db,
    bus,
    log: life.log,
    stream: 'identity',
    consumer: `${service}-access-copy`,
    handlers: [
      ...copyHandlers,
      on(snapshotCompletedV1, (tx, { snapshotId }, { id }) => completeSnapshot(tx, kept, snapshotId, id)),
      ...facts.map(({ handler }) => handler),
      onErased(options.erasure),
      onProtectionRaised(service, options.purge),
      ...(options.handlers ?? []),
    ],
    admit: advance,
    onDead: (tx, envelope) => closeAround(tx, kept, envelope),
    onReplay: (tx, envelope) => askInstead(tx, kept, envelope),
  });
  life.onStop('access copy', consumer.stop);

  let isAhead = false;
  const heartbeats = bus.connection.subscribe(heartbeatSentV1.type);
  void (async () => {
    for await (const message of heartbeats) {
      try {
        const envelope = envelopeSchema.parse(message.json());
        isAhead = await confirm(db, heartbeatSentV1.data.parse(envelope.data));
      } catch (error) {
        life.log.warn('a heartbeat could not be counted', { error });
      }
    }
  })();
  life.onStop('heartbeats', () => heartbeats.unsubscribe());

  const ask = async (): Promise<void> => {
    const { isWanting, heard } = await readNeed(db);
    if (isWanting || isAhead) askForSnapshot(bus, { wants: isWanting ? 'access' : 'nothing', heard });
  };
  const asking = setInterval(() => void ask().catch(() => {}), 2_000);
  life.onStop('snapshot request', () => clearInterval(asking));

  life.ready('access copy', async () => {
    const age = await copyAge(db);
    accessCopyAge.set(age);
    if (age > maxStaleness) throw new Error('too old');
  });
}

const copyHandlers: readonly Handler[] = [
  on(guardiansChangedV1, async (tx, { childId, revision, guardians }, { type }) => {
    await tx.execute(sql`
      with news as (${ifNews(type, childId, revision)}),
      told as (
        select distinct on (g->>'personId') (g->>'personId')::uuid as person_id, (g->>'grantId')::uuid as grant_id, g->>'ground' as ground,
               (g->>'endsOn')::date as ends_on
        from jsonb_array_elements(${JSON.stringify(guardians)}::jsonb) as g where exists (select from news)),
      gone as (
        delete from access.guardian where child_id = ${childId} and exists (select from news)
        and person_id not in (select person_id from told))
      insert into access.guardian (child_id, person_id, grant_id, ground, ends_on)
      select ${childId}::uuid, person_id, grant_id, ground, ends_on from told
      on conflict (child_id, person_id) do update set grant_id = excluded.grant_id, ground = excluded.ground,
        ends_on = excluded.ends_on`);
  }),
  on(enrolmentsChangedV1, async (tx, { childId, revision, enrolments, namedStaff }, { type }) => {
    const named = namedStaff === undefined ? null : JSON.stringify(namedStaff);
    await tx.execute(sql`
      with news as (${ifNews(type, childId, revision)}),
      told as (
        select (e->>'enrolmentId')::uuid as enrolment_id, (e->>'unitId')::uuid as unit_id,
               array(select jsonb_array_elements_text(e->'groupIds')::uuid) as group_ids,
               (e->>'from')::date as from_day, (e->>'to')::date as to_day
        from jsonb_array_elements(${JSON.stringify(enrolments)}::jsonb) as e where exists (select from news)),
      gone as (
        delete from access.enrolment where child_id = ${childId} and exists (select from news)
        and enrolment_id not in (select enrolment_id from told))
      insert into access.enrolment (enrolment_id, child_id, unit_id, group_ids, from_day, to_day, named_staff)
      select enrolment_id, ${childId}::uuid, unit_id, group_ids, from_day, to_day, ${named}::jsonb from told
      on conflict (enrolment_id) do update set child_id = excluded.child_id, unit_id = excluded.unit_id,
        group_ids = excluded.group_ids, from_day = excluded.from_day, to_day = excluded.to_day, named_staff = excluded.named_staff`);
  }),
  on(rolesChangedV1, async (tx, { personId, revision, roles, municipalRoles = [] }, { type }) => {
    await tx.execute(sql`
      with news as (${ifNews(type, personId, revision)}),
      told as (
        select (r->>'roleId')::uuid as role_id, r->>'role' as role, (r->>'unitId')::uuid as unit_id,
               (r->>'groupId')::uuid as group_id, (r->>'from')::date as from_day, (r->>'to')::date as to_day
        from jsonb_array_elements(${JSON.stringify(roles)}::jsonb) as r where exists (select from news)),
      gone as (
        delete from access.staff_role where person_id = ${personId} and exists (select from news)
        and role_id not in (select role_id from told)),
      told_municipal as (
        select (r->>'roleId')::uuid as role_id, r->>'role' as role, (r->>'from')::date as from_day, (r->>'to')::date as to_day
        from jsonb_array_elements(${JSON.stringify(municipalRoles)}::jsonb) as r where exists (select from news)),
      gone_municipal as (
        delete from access.municipal_role where person_id = ${personId} and exists (select from news)
        and role_id not in (select role_id from told_municipal)),
      kept_municipal as (
        insert into access.municipal_role (role_id, person_id, role, from_day, to_day)
        select role_id, ${personId}::uuid, role, from_day, to_day from told_municipal
        on conflict (role_id) do update set person_id = excluded.person_id, role = excluded.role,
          from_day = excluded.from_day, to_day = excluded.to_day)
      insert into access.staff_role (role_id, person_id, role, unit_id, group_id, from_day, to_day)
      select role_id, ${personId}::uuid, role, unit_id, group_id, from_day, to_day from told
      on conflict (role_id) do update set person_id = excluded.person_id, role = excluded.role,
        unit_id = excluded.unit_id, group_id = excluded.group_id, from_day = excluded.from_day, to_day = excluded.to_day`);
  }),
  on(
    unitChangedV1,
    async (tx, { unitId, revision, kind, isActive, name = null, isPrivate = false }, { type }) => {
      await tx.execute(sql`
      with news as (${ifNews(type, unitId, revision)})
      insert into access.unit (unit_id, kind, is_active, name, is_private)
      select ${unitId}::uuid, ${kind}, ${isActive}, ${name}, ${isPrivate} where exists (select from news)
      on conflict (unit_id) do update set kind = excluded.kind, is_active = excluded.is_active, name = excluded.name,
        is_private = excluded.is_private`);
    },
  ),
  on(featureChangedV1, async (tx, { unitId, revision, features }, { type }) => {
    await tx.execute(sql`
      with news as (${ifNews(type, unitId, revision)}),
      told as (
        select distinct on (f->>'feature') f->>'feature' as feature, f->>'state' as state, (f->>'opensOn')::date as opens_on,
               (f->>'isReadable')::boolean as is_readable
        from jsonb_array_elements(${JSON.stringify(features)}::jsonb) as f where exists (select from news)),
      gone as (
        delete from access.feature where unit_id = ${unitId} and exists (select from news)
        and feature not in (select feature from told))
      insert into access.feature (unit_id, feature, state, opens_on, is_readable)
      select ${unitId}::uuid, feature, state, opens_on, is_readable from told
      on conflict (feature, unit_id) do update set state = excluded.state, opens_on = excluded.opens_on,
        is_readable = excluded.is_readable`);
  }),
  on(snapshotStartedV1, async (tx, { snapshotId }) => {
    await tx.execute(sql`update access.copy_state set snapshot_id = ${snapshotId}, is_asking = false`);
  }),
];

const onErased = (erasure: Erasure | undefined): Handler =>
  on(personErasedV1, async (tx, { personId }) => {
    await forgetInAccessCopy(tx, personId);
    if (erasure !== undefined) await erasePerson(tx, personId, erasure);
  });

/**
 * Closes a copy in a database that turns out to be older than what was told from it, as the relay finds out: a snapshot
 * tells everything anew, and first of all who was erased since (S-27).
 */
export async function closeRestoredCopy(tx: Tx): Promise<void> {
  await tx.execute(sql`update access.copy_state set is_whole = false, snapshot_id = null`);
}

type FactTables = Readonly<Record<string, { table: string; key: string; also?: string; unknown?: string }>>;

/** Where facts are kept and by what, and where else; and what to make of rows that are not known any more, where they do not just go. */
const factTables: FactTables = {
  [guardiansChangedV1.type]: { table: 'access.guardian', key: 'child_id' },
  [enrolmentsChangedV1.type]: { table: 'access.enrolment', key: 'child_id' },
  [rolesChangedV1.type]: {
    ...{ table: 'access.staff_role', key: 'person_id' },
    also: 'access.municipal_role',
  },
  [unitChangedV1.type]: { table: 'access.unit', key: 'unit_id' },
  [featureChangedV1.type]: {
    ...{ table: 'access.feature', key: 'unit_id' },
    unknown: `state = 'CLOSED', opens_on = null, is_readable = false`,
  },
};

/** A row when no newer word on the same fact has been taken in; the same word again counts, as told in a snapshot (S-24). */
const ifNews = (type: string, subjectId: string, revision: number): SQL => sql`
  insert into access.fact as known (kind, subject_id, revision, snapshot_id)
  values (${type}, ${subjectId}, ${revision}, (select snapshot_id from access.copy_state))
  on conflict (kind, subject_id) do update set revision = excluded.revision, snapshot_id = excluded.snapshot_id
  where known.revision <= excluded.revision
  returning revision`;

/** Notes a fact of the service's own, and answers whether no newer word on it has been taken in (S-24). */
export const isNews = async (tx: Tx, type: string, subjectId: string, revision: number): Promise<boolean> =>
  (await tx.execute(ifNews(type, subjectId, revision))).length > 0;

/**
 * Moves the copy's place in identity's order of telling and answers what is new. A place that was skipped means that
 * something is missing, and another event in a place that was taken that identity has forgotten what it told: either
 * closes the copy until a snapshot has told everything anew.
 */
async function advance(tx: Tx, envelopes: readonly Envelope[]): Promise<readonly Envelope[]> {
  const [state] = await tx.execute<{ position: string }>(
    sql`select position from access.copy_state for update`,
  );
  let position = Number(state?.position ?? 0);
  let isBroken = false;
  const fresh = envelopes.filter(({ seq }) => {
    isBroken ||= seq !== position + 1;
    if (seq <= position) return false;
    position = seq;
    return true;
  });
  if (isBroken && envelopes.length > 1) throw new Error('the order is broken within a batch');
  await tx.execute(
    isBroken
      ? sql`update access.copy_state set position = ${position}, is_whole = false, snapshot_id = null`
      : sql`
        update access.copy_state set position = ${position},
          whole_place = case when is_whole then ${position} else whole_place end,
          whole_event_id = case when is_whole then ${fresh.at(-1)?.id ?? null}::uuid else whole_event_id end`,
  );
  return fresh;
}

/** What was put aside is not known: whoever it was about is closed, and all of them when that cannot be told. */
async function closeAround(tx: Tx, kept: FactTables, envelope: Envelope | null): Promise<void> {
  const told =
    envelope === null ? undefined : Object.keys(kept).find((type) => sameFact(type, envelope.type));
  if (envelope === null) {
    await tx.execute(sql`update access.copy_state set is_whole = false, snapshot_id = null`);
    return;
  }
  await advance(tx, [envelope]);
  if (told === undefined) return;
  const { table, key, also, unknown } = kept[told]!;
  const close = unknown === undefined ? `delete from ${table}` : `update ${table} set ${unknown}`;
  await tx.execute(sql`${sql.raw(close)} where ${sql.raw(key)}::text = ${envelope.subject}`);
  if (also !== undefined)
    await tx.execute(sql`delete from ${sql.raw(also)} where ${sql.raw(key)}::text = ${envelope.subject}`);
}

/**
 * What was put aside is old by now, and what it was about may have been forgotten since: taken in again it could bring back
 * a grant that nobody has any more. Everything is told anew instead (S-24).
 */
async function askInstead(tx: Tx, kept: FactTables, { type }: Envelope): Promise<boolean> {
  const isOfCopy = [snapshotStartedV1.type, snapshotCompletedV1.type, ...Object.keys(kept)].some((one) =>
    sameFact(one, type),
  );
  if (!isOfCopy) return false;
  await tx.execute(sql`update access.copy_state set is_asking = true`);
  return true;
}

const sameFact = (one: string, other: string): boolean =>
  one.replace(/\d+$/, '') === other.replace(/\d+$/, '');

async function completeSnapshot(
  tx: Tx,
  kept: FactTables,
  snapshotId: string,
  eventId: string,
): Promise<void> {
  const [state] = await tx.execute<{ mine: boolean }>(sql`
    select snapshot_id is not distinct from ${snapshotId}::uuid as mine from access.copy_state`);
  if (state?.mine !== true) return;
  for (const [type, { table, key, also }] of Object.entries(kept)) {
    await tx.execute(sql`
      with untold as (
        delete from access.fact where kind = ${type} and snapshot_id is distinct from ${snapshotId}::uuid returning subject_id)${
          also === undefined
            ? sql``
            : sql`, gone as (
        delete from ${sql.raw(also)} where ${sql.raw(key)} in (select subject_id from untold))`
        }
      delete from ${sql.raw(table)} where ${sql.raw(key)} in (select subject_id from untold)`);
  }
  await tx.execute(sql`
    update access.copy_state set is_whole = true, snapshot_id = null, whole_place = position, whole_event_id = ${eventId}`);
}

/**
 * Counts a heartbeat, and answers whether the copy has heard more than it names. Such a one is no proof: it was overtaken by
 * an event, and the next will name that, or it is of an identity that has forgotten what it told (S-04, S-27). One from
 * the future is a clock gone wrong: kept, it would outrank every true one that follows.
 */
async function confirm(
  db: Database,
  { position, asOf, guardiansUntil = null }: DataOf<typeof heartbeatSentV1>,
): Promise<boolean> {
  const [state] = await db.asService((tx) =>
    tx.execute<{ is_ahead: boolean }>(sql`
      with counted as (
        update access.copy_state set as_of = greatest(as_of, ${asOf}::timestamptz), verified_at = now(),
          guardians_until = ${guardiansUntil}::timestamptz
        where position = ${position} and (as_of is null or as_of <= ${asOf}::timestamptz)
          and ${asOf}::timestamptz <= now() + interval '5 seconds')
      select position > ${position} as is_ahead from access.copy_state`),
  );
  return state?.is_ahead ?? false;
}

async function copyAge(db: Database): Promise<number> {
  const [state] = await db.asService((tx) =>
    tx.execute<{ age: number | null }>(sql`
      select case when is_whole then extract(epoch from now() - least(as_of, verified_at))::float8 end as age
      from access.copy_state`),
  );
  return state?.age ?? Number.POSITIVE_INFINITY;
}

async function readNeed(db: Database): Promise<Pick<SnapshotWish, 'heard'> & { isWanting: boolean }> {
  const [state] = await db.asService((tx) =>
    tx.execute<{ is_wanting: boolean; place: string; event_id: string | null }>(sql`
      select is_asking or not is_whole as is_wanting, coalesce(whole_place, position) as place, whole_event_id as event_id
      from access.copy_state`),
  );
  return {
    isWanting: state?.is_wanting ?? false,
    heard: { place: Number(state?.place ?? 0), eventId: state?.event_id ?? null },
  };
}

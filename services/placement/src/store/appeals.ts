import type { Tx } from '@ranselpost/kit/database';
import { type SQL, sql } from 'drizzle-orm';
import type { AppealMove, AppealState, Decision } from '../domain/appeal.ts';

export type MoveName = Uppercase<AppealMove['move']> | 'HEAR_OWNER';

/** An appeal, with what was done with it. */
export interface StoredAppeal {
  readonly id: string;
  readonly applicationId: string;
  readonly childId: string;
  readonly roundId: string;
  readonly unitId: string;
  readonly grounds: string;
  readonly state: AppealState;
  readonly isUpheld: boolean;
  readonly appealedBy: string | null;
  readonly receivedAt: Date;
  readonly moves: readonly { readonly move: MoveName; readonly reason: string }[];
}

type Json = Omit<StoredAppeal, 'receivedAt'> & { readonly receivedAt: string };
const json = sql`jsonb_build_object('id', a.id, 'applicationId', a.application_id, 'childId', a.child_id, 'roundId', a.round_id,
  'unitId', a.unit_id, 'grounds', a.grounds, 'state', lower(a.state), 'isUpheld', a.is_upheld, 'appealedBy', a.appealed_by,
  'receivedAt', a.received_at, 'moves', coalesce((
    select jsonb_agg(jsonb_build_object('move', m.move, 'reason', m.reason) order by m.nth) from appeal_move m
    where m.appeal_id = a.id), '[]'))`;
const among = (ids: readonly string[]): SQL =>
  sql`(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid)`;
const select = async (tx: Tx, where: SQL): Promise<readonly StoredAppeal[]> =>
  (await tx.execute<{ appeal: Json }>(sql`select ${json} as appeal from appeal a where ${where}`)).map(
    ({ appeal }) => ({ ...appeal, receivedAt: new Date(appeal.receivedAt) }),
  );

export const byIds = (tx: Tx, ids: readonly string[]) => select(tx, sql`a.id in ${among(ids)}`);
export const byId = async (tx: Tx, id: string): Promise<StoredAppeal | undefined> =>
  (await byIds(tx, [id]))[0];
/** Of children, latest first. */
export const ofChildren = (tx: Tx, childIds: readonly string[]) =>
  select(tx, sql`a.child_id in ${among(childIds)} order by a.received_at desc, a.id desc`);

/** Where a page of a list goes on. */
export interface AppealListing {
  readonly after: { readonly at: string; readonly id: string } | null;
  readonly first: number;
}

/** Those that are not over, longest first; one more than wanted when there are more. */
export const waiting = (tx: Tx, { after, first }: AppealListing) =>
  select(
    tx,
    sql`a.state in ('RECEIVED', 'LATE', 'REJECTED', 'FORWARDED')
      and (${after === null} or (a.received_at, a.id) > (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
      order by a.received_at, a.id limit ${first + 1}`,
  );

export type NewAppeal = Omit<StoredAppeal, 'isUpheld' | 'moves'> & { readonly appealedBy: string };

export async function insert(tx: Tx, one: NewAppeal): Promise<void> {
  await tx.execute(sql`
    insert into appeal (id, application_id, child_id, round_id, unit_id, grounds, state, appealed_by, received_at)
    values (${one.id}, ${one.applicationId}, ${one.childId}, ${one.roundId}, ${one.unitId}, ${one.grounds}, upper(${one.state}),
      ${one.appealedBy}, ${one.receivedAt.toISOString()}::timestamptz)`);
}

export interface NewMove {
  readonly move: MoveName;
  readonly to: AppealState;
  readonly upholds: boolean;
  readonly reason: string;
  readonly madeBy: string;
  readonly madeAt: Date;
}

export async function move(tx: Tx, { id, childId, moves }: StoredAppeal, one: NewMove): Promise<void> {
  await tx.execute(sql`
    insert into appeal_move (appeal_id, nth, child_id, move, to_state, upholds, reason, made_by, made_at)
    values (${id}, ${moves.length + 1}, ${childId}, ${one.move}, upper(${one.to}), ${one.upholds}, ${one.reason}, ${one.madeBy},
      ${one.madeAt.toISOString()}::timestamptz)`);
}

interface PublishedDecision extends Decision {
  readonly roundId: string;
  readonly childId: string;
  readonly refusedBy: readonly string[];
}

const published = async (tx: Tx, where: SQL): Promise<ReadonlyMap<string, PublishedDecision>> => {
  const rows = await tx.execute<{ id: string; decision: PublishedDecision }>(sql`
    select a.id, jsonb_build_object('roundKind', lower(r.kind), 'roundId', r.id, 'childId', a.child_id, 'hasPlace', got.unit_id is not null,
      'wish', (select w.rank from wish w where w.application_id = a.id and w.unit_id = got.unit_id),
      'claimsLaw18', exists (select from claim c where c.application_id = a.id and c.flag = 'law18'),
      'refusedBy', coalesce((select jsonb_agg(w.unit_id order by w.rank) from wish w
        where w.application_id = a.id and w.unit_id is distinct from got.unit_id), '[]')) as decision
    from placement_application a join admission_round r on r.id = a.round_id
    left join lateral (
      select unit_id from offer o where o.application_id = a.id and o.run_id is not null
      union all
      select unit_id from place p where p.application_id = a.id and p.offer_id is null and p.source <> 'HOURS' limit 1) as got on true
    where ${where}`);
  return new Map(rows.map(({ id, decision }) => [id, decision]));
};

/** What a family was told of its application when the round was published, as whoever asks may read it; null where nothing is published. */
export const decisionOf = async (tx: Tx, applicationId: string): Promise<PublishedDecision | null> =>
  (await published(tx, sql`a.id = ${applicationId} and r.state in ('PUBLISHED', 'APPEAL')`)).get(
    applicationId,
  ) ?? null;

/** As the service: the same of some applications whose round was published. */
export const decisionsOf = (tx: Tx, applicationIds: readonly string[]) =>
  published(tx, sql`a.id in ${among(applicationIds)}`);

/** As the service: which of some applications come first by law, and which are ahead because an appeal was upheld, at a unit. */
export async function aheadAt(
  tx: Tx,
  unitId: string,
  applicationIds: readonly string[],
): Promise<{ readonly byLaw: ReadonlySet<string>; readonly upheld: ReadonlySet<string> }> {
  const rows = await tx.execute<{ id: string; by_law: boolean; is_upheld: boolean }>(sql`
    select a.id, exists (select from claim c where c.application_id = a.id and c.flag = 'law18' and c.verdict = 'GRANTED') as by_law,
      exists (select from appeal p where p.application_id = a.id and p.unit_id = ${unitId} and p.is_upheld) as is_upheld
    from ${among(applicationIds)} as a(id)`);
  const of = (is: (row: (typeof rows)[number]) => boolean) => new Set(rows.filter(is).map(({ id }) => id));
  return { byLaw: of((row) => row.by_law), upheld: of((row) => row.is_upheld) };
}

/** Forgets who appealed and decided; of a child all goes. */
export async function erasePerson(tx: Tx, personId: string): Promise<void> {
  await tx.execute(sql`select erase_person_from_appeals(${personId})`);
}

import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { RosterGroup, RosterHead, RosterMember, RosterPerson, Where } from '../domain/roster.ts';
import type { PostKind, UnitKind } from '../domain/staff-roles.ts';
import { json } from './json.ts';
import type { StoredNumber } from './numbers.ts';

export type ImportState = 'READING' | 'APPLYING' | 'DONE' | 'REFUSED' | 'SHOWN';
export type ImportPhase = 'units' | 'groups' | 'persons' | 'endings' | 'done';

export interface OpenImport {
  readonly importId: string;
  readonly digest: string;
  readonly source: string;
  readonly type: RosterHead['type'];
  readonly state: ImportState;
  readonly phase: ImportPhase;
  readonly cursor: string;
  readonly day: string;
}

/** The import that was begun and neither finished nor refused. */
export async function openImport(tx: Tx): Promise<OpenImport | undefined> {
  const [row] = await tx.execute<{ import: OpenImport }>(sql`
    select jsonb_build_object('importId', import_id, 'digest', encode(digest, 'hex'), 'source', source, 'type', type,
      'state', state, 'phase', phase, 'cursor', cursor, 'day', day) as import
    from roster_import where state in ('READING', 'APPLYING')`);
  return row?.import;
}

/** When the newest roster of a source that was taken in whole was written; undefined before the first. */
export async function newest(
  tx: Tx,
  source: string,
): Promise<{ readonly writtenAt: string | null } | undefined> {
  const [row] = await tx.execute<{ at: { writtenAt: string | null } }>(sql`
    select jsonb_build_object('writtenAt', max(written_at)) as at from roster_import
    where source = ${source} and state = 'DONE' having count(*) > 0`);
  return row?.at;
}

const empty = sql`truncate staged_person, staged_group, staged_member, staged_former`;

/** Puts aside whatever was begun before and makes room for a new file. */
export async function begin(
  tx: Tx,
  one: Pick<OpenImport, 'importId' | 'digest' | 'source' | 'type' | 'day'> & {
    readonly writtenAt: string | null;
  },
): Promise<void> {
  await tx.execute(
    sql`update roster_import set state = 'REFUSED', finished_at = now() where state in ('READING', 'APPLYING')`,
  );
  await tx.execute(empty);
  await tx.execute(sql`
    insert into roster_import (import_id, digest, source, type, written_at, state, day)
    values (${one.importId}, decode(${one.digest}, 'hex'), ${one.source}, ${one.type}, ${one.writtenAt}::timestamptz,
      'READING', ${one.day}::date)`);
}

export async function setState(tx: Tx, importId: string, state: ImportState): Promise<void> {
  await tx.execute(sql`
    update roster_import set state = ${state},
      finished_at = case when ${state} in ('DONE', 'REFUSED', 'SHOWN') then now() end
    where import_id = ${importId}`);
  // What was staged has numbers in it: it does not outlive its use.
  if (state === 'DONE' || state === 'REFUSED' || state === 'SHOWN') await tx.execute(empty);
}

export async function moveOn(tx: Tx, importId: string, phase: ImportPhase, cursor: string): Promise<void> {
  await tx.execute(
    sql`update roster_import set phase = ${phase}, cursor = ${cursor} where import_id = ${importId}`,
  );
}

export interface StagedPerson extends Where {
  readonly key: string;
  readonly login: string | null;
  readonly isDropped: boolean;
  /** The id they get if nobody is known by this number or key; a number is bound to it. */
  readonly candidateId: string;
  readonly number: StoredNumber | null;
}

/** Answers those whose key, number or login the file had before. */
export async function stagePersons(
  tx: Tx,
  persons: readonly StagedPerson[],
): Promise<readonly StagedPerson[]> {
  const rows = persons.map(({ number, ...person }) => ({
    ...person,
    hash: number?.hash,
    keyId: number?.encrypted.keyId,
    ciphertext: number?.encrypted.ciphertext.toString('hex'),
    kind: number?.kind,
  }));
  const stored = await tx.execute<{ id: string }>(sql`
    insert into staged_person (source_key, candidate_id, lookup_hash, key_id, ciphertext, kind, login, file, line, is_dropped)
    select p->>'key', (p->>'candidateId')::uuid, decode(p->>'hash', 'hex'), p->>'keyId', decode(p->>'ciphertext', 'hex'),
      p->>'kind', p->>'login', p->>'file', (p->>'line')::integer, (p->>'isDropped')::boolean
    from jsonb_array_elements(${json(rows)}) as p on conflict do nothing returning candidate_id as id`);
  return without(persons, stored, ({ candidateId }) => candidateId);
}

export type StagedGroup = RosterGroup & { readonly ourId: string };

export async function stageGroups(tx: Tx, groups: readonly StagedGroup[]): Promise<readonly StagedGroup[]> {
  const stored = await tx.execute<{ id: string }>(sql`
    insert into staged_group (source_key, kind, name, organisation_number, parent_key, our_id, from_day, to_day, file, line,
      is_dropped)
    select g->>'key', g->>'groupKind', g->>'name', g->>'organisationNumber', g->>'parentKey', (g->>'ourId')::uuid,
      (g->>'from')::date, (g->>'to')::date, g->>'file', (g->>'line')::integer, (g->>'isDropped')::boolean
    from jsonb_array_elements(${json(groups)}) as g on conflict do nothing returning our_id as id`);
  return without(groups, stored, ({ ourId }) => ourId);
}

export async function stageMembers(tx: Tx, members: readonly RosterMember[]): Promise<void> {
  await tx.execute(sql`
    insert into staged_member (target_key, person_key, post, from_day, to_day, file, line, is_dropped)
    select m->>'targetKey', m->>'personKey', m->>'post', (m->>'from')::date, (m->>'to')::date, m->>'file',
      (m->>'line')::integer, (m->>'isDropped')::boolean
    from jsonb_array_elements(${json(members)}) as m`);
}

/** Notes the keys that some went by before; answers those of whom the file says it twice. */
export async function stageFormer<Item extends RosterPerson | RosterGroup>(
  tx: Tx,
  items: readonly Item[],
): Promise<readonly Item[]> {
  const rows = items.flatMap(({ kind, key, formerKeys }) =>
    formerKeys.map((former) => ({ kind, key, former })),
  );
  if (rows.length === 0) return [];
  const stored = await tx.execute<{ former: string }>(sql`
    insert into staged_former (kind, former_key, source_key)
    select f->>'kind', f->>'former', f->>'key' from jsonb_array_elements(${json(rows)}) as f
    on conflict do nothing returning former_key as former`);
  const kept = new Set(stored.map(({ former }) => former));
  return items.filter(({ formerKeys }) => formerKeys.some((former) => !kept.has(former)));
}

const without = <Item>(
  given: readonly Item[],
  stored: readonly { readonly id: string }[],
  idOf: (item: Item) => string,
): readonly Item[] => {
  if (stored.length === given.length) return [];
  const ids = new Set(stored.map(({ id }) => id));
  return given.filter((item) => !ids.has(idOf(item)));
};

/** How many children have a place today at this source's units, and how many of them will have none. */
export async function endings(
  tx: Tx,
  { source, type, day }: OpenImport,
): Promise<{ readonly current: number; readonly ending: number }> {
  const [row] = await tx.execute<{ current: number; ending: number }>(sql`
    with current as (
      select distinct e.child_id from enrolment e join unit u on u.unit_id = e.unit_id
      where u.source = ${source} and e.from_day <= ${day}::date and (e.to_day is null or e.to_day > ${day}::date)),
    staying as (
      select p.person_id from staged_person p join staged_member m on m.person_key = p.source_key
      where p.person_id is not null and m.post = 'PUPIL' and (m.to_day is null or m.to_day > ${day}::date)),
    asked as (
      select child_id from current
      where ${type} = 'full' or child_id in (select person_id from staged_person where person_id is not null))
    select count(*)::integer as current,
      (select count(*)::integer from asked where child_id not in (select person_id from staying)) as ending
    from current`);
  return row!;
}

export interface StagedPlace {
  readonly post: PostKind;
  readonly from: string | null;
  readonly to: string | null;
  readonly unitId: string;
  readonly unitKind: UnitKind;
  readonly groupId: string | null;
  /** When the group itself counts. */
  readonly groupFrom: string | null;
  readonly groupTo: string | null;
}

/** A post in the whole municipality: at what stands above all units. */
export type StagedPost = Pick<StagedPlace, 'post' | 'from' | 'to'>;

export interface StagedCase {
  readonly key: string;
  readonly login: string | null;
  readonly candidateId: string;
  readonly number: StoredNumber | null;
  /** Who they were found to be when the file had been read; null for somebody new. */
  readonly personId: string | null;
  readonly places: readonly StagedPlace[];
  readonly posts: readonly StagedPost[];
}

/** The next people of the file with all their places at units, and their posts above them. */
export async function nextPersons(tx: Tx, cursor: string, most: number): Promise<readonly StagedCase[]> {
  type Stored = Omit<StagedCase, 'number'> & {
    readonly number: { hash: string; keyId: string; ciphertext: string; kind: StoredNumber['kind'] } | null;
  };
  const rows = await tx.execute<{ person: Stored }>(sql`
    with page as (select * from staged_person where source_key > ${cursor} order by source_key limit ${most})
    select jsonb_build_object('key', source_key, 'login', login, 'candidateId', candidate_id, 'personId', person_id,
      'number', case when lookup_hash is not null then jsonb_build_object('hash', encode(lookup_hash, 'hex'),
        'keyId', key_id, 'ciphertext', encode(ciphertext, 'hex'), 'kind', kind) end,
      'places', coalesce(places, '[]'), 'posts', coalesce(posts, '[]')) as person
    from page cross join lateral (
      select
        jsonb_agg(jsonb_build_object('post', m.post, 'from', m.from_day, 'to', m.to_day,
          'unitId', u.our_id, 'unitKind', u.kind, 'groupId', case when t.source_key <> u.source_key then t.our_id end,
          'groupFrom', t.from_day, 'groupTo', t.to_day)) filter (where u.source_key is not null) as places,
        jsonb_agg(jsonb_build_object('post', m.post, 'from', m.from_day, 'to', m.to_day))
          filter (where t.kind = 'OWNER') as posts
      from staged_member m
      join staged_group t on t.source_key = m.target_key and t.kind <> 'OTHER'
      left join staged_group u on u.source_key = t.unit_key
      where m.person_key = page.source_key) as said
    order by source_key`);
  return rows.map(({ person: { number, ...person } }) => ({
    ...person,
    number: number && {
      hash: number.hash,
      personId: person.candidateId,
      encrypted: { keyId: number.keyId, ciphertext: Buffer.from(number.ciphertext, 'hex') },
      kind: number.kind,
      isInUse: true,
    },
  }));
}

/** Notes that some people of the file are nobody who was known: they are who they would be then. */
export async function identifyNew(tx: Tx, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await tx.execute(sql`
    update staged_person set person_id = candidate_id
    where source_key = any (array(select jsonb_array_elements_text(${json(keys)})))`);
}

/** Notes who other people of the file turned out to be. */
export async function identify(
  tx: Tx,
  people: readonly { readonly key: string; readonly personId: string }[],
): Promise<void> {
  if (people.length === 0) return;
  await tx.execute(sql`
    update staged_person set person_id = (p->>'personId')::uuid
    from jsonb_array_elements(${json(people)}) as p
    where source_key = p->>'key'`);
}

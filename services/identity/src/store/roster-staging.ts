import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { RosterGroup, RosterMember } from '../domain/roster.ts';
import type { UnitKind } from '../domain/staff-roles.ts';
import { json } from './json.ts';
import type { StoredNumber } from './numbers.ts';

export type ImportState = 'READING' | 'APPLYING' | 'DONE' | 'REFUSED';
export type ImportPhase = 'units' | 'groups' | 'persons' | 'endings' | 'done';

export interface OpenImport {
  readonly importId: string;
  readonly digest: string;
  readonly source: string;
  readonly state: ImportState;
  readonly phase: ImportPhase;
  readonly cursor: string;
  readonly day: string;
}

/** The import that was begun and neither finished nor refused. */
export async function openImport(tx: Tx): Promise<OpenImport | undefined> {
  const [row] = await tx.execute<{ import: OpenImport }>(sql`
    select jsonb_build_object('importId', import_id, 'digest', encode(digest, 'hex'), 'source', source, 'state', state,
      'phase', phase, 'cursor', cursor, 'day', day) as import
    from roster_import where state in ('READING', 'APPLYING')`);
  return row?.import;
}

/** Puts aside whatever was begun before and makes room for a new file. */
export async function begin(
  tx: Tx,
  { importId, digest, source, day }: Pick<OpenImport, 'importId' | 'digest' | 'source' | 'day'>,
): Promise<void> {
  await tx.execute(
    sql`update roster_import set state = 'REFUSED', finished_at = now() where state in ('READING', 'APPLYING')`,
  );
  await tx.execute(sql`truncate staged_person, staged_group, staged_member`);
  await tx.execute(sql`
    insert into roster_import (import_id, digest, source, state, day)
    values (${importId}, decode(${digest}, 'hex'), ${source}, 'READING', ${day}::date)`);
}

export async function setState(tx: Tx, importId: string, state: ImportState): Promise<void> {
  await tx.execute(sql`
    update roster_import set state = ${state}, finished_at = case when ${state} in ('DONE', 'REFUSED') then now() end
    where import_id = ${importId}`);
  // What was staged has numbers in it: it does not outlive its use.
  if (state === 'DONE' || state === 'REFUSED')
    await tx.execute(sql`truncate staged_person, staged_group, staged_member`);
}

export async function moveOn(tx: Tx, importId: string, phase: ImportPhase, cursor: string): Promise<void> {
  await tx.execute(
    sql`update roster_import set phase = ${phase}, cursor = ${cursor} where import_id = ${importId}`,
  );
}

export interface StagedPerson {
  readonly key: string;
  readonly line: number;
  readonly login: string | null;
  readonly number: StoredNumber;
}

/** Each of these answers the lines of those whose key, number or login the file had before. */
export async function stagePersons(tx: Tx, persons: readonly StagedPerson[]): Promise<readonly number[]> {
  const rows = persons.map(({ key, line, login, number: { hash, personId, encrypted, kind } }) => ({
    ...{ key, line, login, hash, candidateId: personId, kind },
    keyId: encrypted.keyId,
    ciphertext: encrypted.ciphertext.toString('hex'),
  }));
  const stored = await tx.execute<{ line: number }>(sql`
    insert into staged_person (source_key, candidate_id, lookup_hash, key_id, ciphertext, kind, login, line)
    select p->>'key', (p->>'candidateId')::uuid, decode(p->>'hash', 'hex'), p->>'keyId', decode(p->>'ciphertext', 'hex'),
      p->>'kind', p->>'login', (p->>'line')::integer
    from jsonb_array_elements(${json(rows)}) as p on conflict do nothing returning line`);
  return missing(persons, stored);
}

export async function stageGroups(tx: Tx, groups: readonly RosterGroup[]): Promise<readonly number[]> {
  const stored = await tx.execute<{ line: number }>(sql`
    insert into staged_group (source_key, kind, name, organisation_number, parent_key, line)
    select g->>'key', g->>'groupKind', g->>'name', g->>'organisationNumber', g->>'parentKey', (g->>'line')::integer
    from jsonb_array_elements(${json(groups)}) as g on conflict do nothing returning line`);
  return missing(groups, stored);
}

export async function stageMembers(tx: Tx, members: readonly RosterMember[]): Promise<readonly number[]> {
  await tx.execute(sql`
    insert into staged_member (target_key, person_key, role, from_day, to_day, line)
    select m->>'targetKey', m->>'personKey', m->>'role', (m->>'from')::date, (m->>'to')::date, (m->>'line')::integer
    from jsonb_array_elements(${json(members)}) as m`);
  return [];
}

const missing = (
  given: readonly { readonly line: number }[],
  stored: readonly { readonly line: number }[],
): readonly number[] => {
  if (stored.length === given.length) return [];
  const lines = new Set(stored.map(({ line }) => line));
  return given.map(({ line }) => line).filter((line) => !lines.has(line));
};

/** The first line that names somebody or something the file does not have. */
export async function firstDangling(
  tx: Tx,
): Promise<{ kind: 'unknown-target' | 'unknown-person' | 'unknown-parent'; line: number } | undefined> {
  const [row] = await tx.execute<{
    kind: 'unknown-target' | 'unknown-person' | 'unknown-parent';
    line: number;
  }>(sql`
    select * from (
      select 'unknown-target' as kind, line from staged_member m
        where not exists (select from staged_group g where g.source_key = m.target_key)
      union all
      select 'unknown-person', line from staged_member m
        where not exists (select from staged_person p where p.source_key = m.person_key)
      union all
      select 'unknown-parent', line from staged_group g
        where not exists (select from staged_group p where p.source_key = g.parent_key)) as dangling
    order by line limit 1`);
  return row;
}

/** How many children have a place today at this source's units, and how many of them the file does not have. */
export async function endings(
  tx: Tx,
  source: string,
  day: string,
): Promise<{ readonly current: number; readonly ending: number }> {
  const [row] = await tx.execute<{ current: number; ending: number }>(sql`
    with current as (
      select distinct e.child_id from enrolment e join unit u on u.unit_id = e.unit_id
      where u.source = ${source} and e.from_day <= ${day}::date and (e.to_day is null or e.to_day > ${day}::date)),
    named as (
      select n.person_id from staged_person p join person_number n on n.lookup_hash = p.lookup_hash
      where exists (select from staged_member m where m.person_key = p.source_key and m.role = '01'))
    select count(*)::integer as current, count(*) filter (where child_id not in (select person_id from named))::integer as ending
    from current`);
  return row!;
}

export interface StagedPlace {
  readonly role: string;
  readonly from: string;
  readonly to: string | null;
  readonly unitId: string;
  readonly unitKind: UnitKind;
  readonly groupId: string | null;
}

/** The next people of the file with all their places that are at a unit we know. */
export async function nextPersons(
  tx: Tx,
  source: string,
  cursor: string,
  most: number,
): Promise<readonly (StagedPerson & { readonly places: readonly StagedPlace[] })[]> {
  const rows = await tx.execute<{
    person: Omit<StagedPerson, 'number'> & {
      places: readonly StagedPlace[];
      hash: string;
      candidateId: string;
      keyId: string;
      ciphertext: string;
      numberKind: StoredNumber['kind'];
    };
  }>(sql`
    with page as (select * from staged_person where source_key > ${cursor} order by source_key limit ${most}),
    places as (
      select m.person_key, jsonb_agg(jsonb_build_object('role', m.role, 'from', m.from_day, 'to', m.to_day,
        'unitId', u.unit_id, 'unitKind', u.kind, 'groupId', g.group_id)) as list
      from staged_member m
      left join child_group g on g.source = ${source} and g.source_key = m.target_key
      left join unit whole on whole.source = ${source} and whole.source_key = m.target_key
      join unit u on u.unit_id = coalesce(g.unit_id, whole.unit_id)
      where m.person_key in (select source_key from page) group by m.person_key)
    select jsonb_build_object('key', source_key, 'line', line, 'login', login, 'candidateId', candidate_id,
      'hash', encode(lookup_hash, 'hex'), 'keyId', key_id, 'ciphertext', encode(ciphertext, 'hex'), 'numberKind', kind,
      'places', coalesce(list, '[]')) as person
    from page left join places on person_key = source_key order by source_key`);
  return rows.map(({ person: { hash, candidateId, keyId, ciphertext, numberKind, ...person } }) => ({
    ...person,
    number: {
      hash,
      personId: candidateId,
      encrypted: { keyId, ciphertext: Buffer.from(ciphertext, 'hex') },
      kind: numberKind,
      isInUse: true,
    },
  }));
}

/** Notes who the people of the file turned out to be. */
export async function identify(
  tx: Tx,
  people: readonly { readonly key: string; readonly personId: string }[],
): Promise<void> {
  if (people.length === 0) return;
  await tx.execute(sql`
    update staged_person set person_id = (p->>'personId')::uuid
    from jsonb_array_elements(${json(people)}) as p where source_key = p->>'key'`);
}

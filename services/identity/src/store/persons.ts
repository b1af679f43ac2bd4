import type { Tx } from '@ranselpost/kit/database';
import type { Residence } from '@ranselpost/schema/events/registry/person-record';
import { sql } from 'drizzle-orm';
import type { Protection } from '../domain/protection.ts';
import { idsOf, json } from './json.ts';

export type FollowReason = 'child' | 'guardian' | 'staff';

export interface StoredPerson {
  readonly personId: string;
  readonly isChild: boolean;
  readonly followedAs: FollowReason | null;
  readonly revision: number;
  readonly contactRevision: number;
  readonly mergedInto: string | null;
  /** True when a reading of this instant is from before a merge. */
  readonly readingsFrom: string | null;
}

export async function load(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, StoredPerson>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.execute<{ person: StoredPerson }>(sql`
    select jsonb_build_object('personId', person_id, 'isChild', is_child, 'followedAs', followed_as,
      'revision', register_revision, 'contactRevision', contact_revision, 'mergedInto', merged_into,
      'readingsFrom', readings_from) as person
    from person where person_id = any (${idsOf(ids)})`);
  return new Map(rows.map(({ person }) => [person.personId, person]));
}

export interface NewPerson {
  readonly personId: string;
  readonly isChild: boolean;
  readonly followedAs: FollowReason | null;
}

export async function create(tx: Tx, persons: readonly NewPerson[]): Promise<void> {
  if (persons.length === 0) return;
  await tx.execute(sql`
    insert into person (person_id, is_child, followed_as)
    select (p->>'personId')::uuid, (p->>'isChild')::boolean, p->>'followedAs' from jsonb_array_elements(${json(persons)}) as p`);
}

/** Notes why people are followed from now on, and that they are children of a roster where they are. */
export async function follow(tx: Tx, persons: readonly NewPerson[]): Promise<void> {
  if (persons.length === 0) return;
  await tx.execute(sql`
    update person set followed_as = p->>'followedAs', is_child = is_child or (p->>'isChild')::boolean
    from jsonb_array_elements(${json(persons)}) as p where person_id = (p->>'personId')::uuid`);
}

/** Notes that a place is to be applied for. */
export async function applyFor(tx: Tx, personIds: readonly string[], day: string): Promise<void> {
  if (personIds.length === 0) return;
  await tx.execute(sql`
    update person set applied_for_on = ${day}::date where person_id = any (${idsOf(personIds)})`);
}

/** For which of some people a place is to be applied for: where they live is asked. */
export async function appliedFor(tx: Tx, personIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (personIds.length === 0) return new Set();
  const rows = await tx.execute<{ person_id: string }>(sql`
    select person_id from person where person_id = any (${idsOf(personIds)}) and applied_for_on is not null`);
  return new Set(rows.map(({ person_id }) => person_id));
}

/** Forgets for some people that a place was to be applied for, where that was before a day; answers for whom. */
export async function stopApplying(tx: Tx, before: string, most: number): Promise<readonly string[]> {
  const rows = await tx.execute<{ person_id: string }>(sql`
    update person set applied_for_on = null where person_id in (
      select person_id from person where applied_for_on < ${before}::date order by person_id limit ${most})
    returning person_id`);
  return rows.map(({ person_id }) => person_id);
}

export interface PersonFacts {
  readonly personId: string;
  /** Null leaves the count as it is: the reading was of another id of the same person. */
  readonly revision: number | null;
  readonly readAt: string;
  readonly given: string | null;
  readonly middle: string | null;
  readonly family: string | null;
  readonly birthDate: string | null;
  readonly deathDate: string | null;
  readonly isDead: boolean;
  readonly status: string | null;
  readonly hasFalseIdentity: boolean;
  readonly hasNationalNumber: boolean;
  readonly isRepresented: boolean;
  readonly protection: Protection;
  /** Null where it was not asked. */
  readonly livesHere: Residence | null;
}

export async function saveFacts(tx: Tx, facts: readonly PersonFacts[]): Promise<void> {
  if (facts.length === 0) return;
  await tx.execute(sql`
    update person set
      register_revision = coalesce((f->>'revision')::integer, register_revision),
      register_read_at = (f->>'readAt')::timestamptz, is_in_register = true,
      given = f->>'given', middle = f->>'middle', family = f->>'family',
      birth_date = (f->>'birthDate')::date, death_date = (f->>'deathDate')::date, is_dead = (f->>'isDead')::boolean,
      register_status = f->>'status', has_false_identity = (f->>'hasFalseIdentity')::boolean,
      has_national_number = (f->>'hasNationalNumber')::boolean, is_represented = (f->>'isRepresented')::boolean,
      protection = f->>'protection', lives_here = f->>'livesHere'
    from jsonb_array_elements(${json(facts)}) as f where person_id = (f->>'personId')::uuid`);
}

/** The register does not know them. What it said before stays: it is no proof of the opposite. */
export async function saveUnknown(
  tx: Tx,
  readings: readonly { readonly personId: string; readonly revision: number; readonly readAt: string }[],
): Promise<void> {
  if (readings.length === 0) return;
  await tx.execute(sql`
    update person set register_revision = (r->>'revision')::integer, register_read_at = (r->>'readAt')::timestamptz,
      is_in_register = false
    from jsonb_array_elements(${json(readings)}) as r where person_id = (r->>'personId')::uuid`);
}

export async function saveContacts(
  tx: Tx,
  contacts: readonly {
    readonly personId: string;
    readonly revision: number;
    readonly language: string | null;
  }[],
): Promise<void> {
  if (contacts.length === 0) return;
  await tx.execute(sql`
    update person set contact_revision = (c->>'revision')::integer, language = c->>'language'
    from jsonb_array_elements(${json(contacts)}) as c
    where person_id = (c->>'personId')::uuid and contact_revision < (c->>'revision')::integer`);
}

/** Remembers protection that has come to concern some children; what is remembered already stays where it is higher. */
export async function raiseProtection(
  tx: Tx,
  children: readonly { readonly childId: string; readonly level: Protection }[],
): Promise<void> {
  if (children.length === 0) return;
  await tx.execute(sql`
    update person set held_protection = c->>'level' from jsonb_array_elements(${json(children)}) as c
    where person_id = (c->>'childId')::uuid and protection_rank(held_protection) < protection_rank(c->>'level')`);
}

/** Forgets what staff have released: what the register says counts from now on (ADR-13). */
export async function releaseProtection(tx: Tx, childId: string, level: Protection): Promise<void> {
  await tx.execute(sql`update person set held_protection = ${level} where person_id = ${childId}`);
}

/** Gives everything that hangs on one id to another of the same human, and closes the first (FREG-09). */
export async function merge(
  tx: Tx,
  { merged, survivor, readAt }: { merged: string; survivor: string; readAt: string },
): Promise<void> {
  await tx.execute(sql`
    update person s set
      is_child = s.is_child or m.is_child,
      followed_as = case when 'child' in (s.followed_as, m.followed_as) then 'child'
                         when 'guardian' in (s.followed_as, m.followed_as) then 'guardian'
                         else coalesce(s.followed_as, m.followed_as) end,
      held_protection = case when protection_rank(m.held_protection) > protection_rank(s.held_protection)
                             then m.held_protection else s.held_protection end,
      applied_for_on = greatest(s.applied_for_on, m.applied_for_on),
      readings_from = ${readAt}::timestamptz, language = coalesce(s.language, m.language)
    from person m where s.person_id = ${survivor} and m.person_id = ${merged}`);
  await tx.execute(sql`
    update person set merged_into = ${survivor} where merged_into = ${merged} or person_id = ${merged}`);
  await tx.execute(sql`
    update person set followed_as = null, given = null, middle = null, family = null, birth_date = null,
      lives_here = null, applied_for_on = null, is_in_register = null where person_id = ${merged}`);
  await tx.execute(sql`
    update enrolment e set child_id = ${survivor} where child_id = ${merged} and not exists (
      select from enrolment o where o.child_id = ${survivor} and o.unit_id = e.unit_id and o.from_day = e.from_day)`);
  await tx.execute(sql`delete from enrolment where child_id = ${merged}`);
  await tx.execute(sql`
    update staff_role r set person_id = ${survivor} where person_id = ${merged} and not exists (
      select from staff_role o where o.person_id = ${survivor} and o.unit_id = r.unit_id and o.role = r.role
        and o.group_id is not distinct from r.group_id and o.from_day = r.from_day
        and (o.assigned_by is null) = (r.assigned_by is null))`);
  await tx.execute(sql`delete from staff_role where person_id = ${merged}`);
  await tx.execute(sql`
    update municipal_role r set person_id = ${survivor} where person_id = ${merged} and not exists (
      select from municipal_role o where o.person_id = ${survivor} and o.role = r.role and o.from_day = r.from_day)`);
  await tx.execute(sql`update staff_naming set child_id = ${survivor} where child_id = ${merged}`);
  await tx.execute(sql`update staff_naming set person_id = ${survivor} where person_id = ${merged}`);
  await tx.execute(sql`update staff_login set person_id = ${survivor} where person_id = ${merged}`);
  await tx.execute(sql`update roster_person set person_id = ${survivor} where person_id = ${merged}`);
  await tx.execute(sql`update responsibility set holder_id = ${survivor} where holder_id = ${merged}`);
  await tx.execute(sql`delete from responsibility where child_id = ${merged}`);
  await tx.execute(sql`delete from register_parent where child_id = ${merged}`);
  await tx.execute(sql`update information_request set asker_id = ${survivor} where asker_id = ${merged}`);
  await tx.execute(sql`update information_request set child_id = ${survivor} where child_id = ${merged}`);
  await tx.execute(sql`
    insert into information_candidate (request_id, child_id)
    select request_id, ${survivor} from information_candidate where child_id = ${merged} on conflict do nothing`);
  await tx.execute(sql`delete from information_candidate where child_id = ${merged}`);
  await tx.execute(sql`
    insert into applicant (person_id, asked_at, answered_at)
    select ${survivor}, asked_at, answered_at from applicant where person_id = ${merged} on conflict do nothing`);
  await tx.execute(sql`delete from applicant where person_id = ${merged}`);
  await tx.execute(sql`delete from sign_in where person_id = ${merged}`);
}

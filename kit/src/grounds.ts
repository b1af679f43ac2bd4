import { sql } from 'drizzle-orm';
import type { Tx } from './database.ts';
import type { Actor } from './pure/actor.ts';
import type { LocalDate } from './pure/dates.ts';
import type { AccessFacts } from './pure/grounds.ts';
import type { UnitFeature } from './pure/features.ts';
import { isOfOneState } from './reading.ts';

/** What a policy needs to know, with how features stand at the units that the actor or the children have to do with. */
export interface CopyFacts extends AccessFacts {
  readonly features: readonly UnitFeature[];
}

/** Loads from the access copy what a policy needs to know of an actor and some children; once for all that a query asks of the same. */
export function loadAccessFacts(
  tx: Tx,
  actor: Actor,
  childIds: readonly string[],
  today: LocalDate,
): Promise<CopyFacts> {
  if (!isOfOneState(tx)) return load(tx, actor, childIds, today);
  const known = loaded.get(tx) ?? [];
  const before = known.find((one) => one.today === today && childIds.every((id) => one.childIds.has(id)));
  if (before !== undefined) return before.facts.then((facts) => ofChildren(facts, new Set(childIds)));
  const facts = load(tx, actor, childIds, today);
  loaded.set(tx, [...known, { today, childIds: new Set(childIds), facts }]);
  return facts;
}

interface Loaded {
  readonly today: LocalDate;
  readonly childIds: ReadonlySet<string>;
  readonly facts: Promise<CopyFacts>;
}

/** What a query has loaded so far: nothing of it changes before the query's end. */
const loaded = new WeakMap<Tx, readonly Loaded[]>();

function ofChildren(facts: CopyFacts, childIds: ReadonlySet<string>): CopyFacts {
  const enrolments = facts.enrolments.filter(({ childId }) => childIds.has(childId));
  const units = new Set([...facts.roles, ...enrolments].map(({ unitId }) => unitId));
  return {
    ...facts,
    enrolments,
    guardianOf: facts.guardianOf.filter((id) => childIds.has(id)),
    namedFor: facts.namedFor.filter(({ childId }) => childIds.has(childId)),
    features: facts.features.filter(({ unitId }) => units.has(unitId)),
  };
}

async function load(tx: Tx, actor: Actor, childIds: readonly string[], today: LocalDate): Promise<CopyFacts> {
  const person = 'personId' in actor ? actor.personId : null;
  const children = sql`${`{${childIds.join()}}`}::uuid[]`;
  const [facts] = await tx.execute<{ facts: Omit<CopyFacts, 'today'> }>(sql`
    with held as materialized (
      select role, unit_id, group_id, from_day, to_day from access.staff_role where person_id = ${person}),
    place as materialized (
      select child_id, unit_id, group_ids, from_day, to_day, named_staff from access.enrolment where child_id = any (${children}))
    select json_build_object(
      'guardianOf', coalesce((
        select json_agg(child_id) from access.guardian where person_id = ${person} and child_id = any (${children})
          and (ends_on is null or ends_on > ${today}::date) and (select access.answers_to('guardian'))), '[]'),
      'roles', coalesce((
        select json_agg(json_build_object('role', role, 'unitId', unit_id, 'groupId', group_id, 'from', from_day, 'to', to_day))
        from held), '[]'),
      'enrolments', coalesce((
        select json_agg(enrolment) from (
          select child_id as "childId", unit_id as "unitId", group_ids as "groupIds", from_day as "from", to_day as "to",
            named_staff is not null as "isProtected" from place) as enrolment), '[]'),
      'namedFor', coalesce((
        select jsonb_agg(distinct jsonb_build_object('childId', child_id, 'from', named."from", 'to', named."to"))
        from place, jsonb_to_recordset(named_staff) as named("personId" uuid, "from" date, "to" date)
        where named_staff is not null and named."personId" = ${person}), '[]'),
      'features', coalesce((
        select json_agg(json_build_object('unitId', unit_id, 'feature', feature, 'state', state, 'opensOn', opens_on, 'isReadable', is_readable))
        from access.feature where unit_id in (select unit_id from held union select unit_id from place)), '[]')) as facts`);
  return { today, ...facts!.facts };
}

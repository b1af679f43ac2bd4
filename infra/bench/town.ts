import { createHash } from 'node:crypto';
import postgres from 'postgres';
import type { Stack } from '../dev/stack.ts';

/**
 * A town of any size, told by hand to the access copies as identity would have told it. Who somebody is follows from their place in
 * it, in TypeScript and in SQL alike, so that nothing has to be looked up (a UUID of version 8, RFC 9562 § 5.8).
 */
export const childrenPerGroup = 22;
export const childrenPerUnit = 14 * childrenPerGroup;

type Kind = 'child' | 'mother' | 'father' | 'teacher' | 'leader' | 'unit' | 'group' | 'author';

export function idOf(kind: Kind, place: number): string {
  const hex = createHash('md5').update(`${kind} ${place}`).digest('hex');
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-8$3-8$4-$5');
}
export const idIn = (kind: Kind, place: string): string =>
  `overlay(overlay(md5('${kind} ' || (${place})) placing '8' from 13) placing '8' from 17)::uuid`;

/** Two children have the same two guardians. */
export const familyOf = (child: number): number => Math.floor(child / 2);
export const groupOf = (child: number): number => Math.floor(child / childrenPerGroup);
export const unitOf = (child: number): number => Math.floor(child / childrenPerUnit);

/** A service's database past every lock, for what nobody but a benchmark does: nothing is checked and nothing waits for the disk. */
export function openPastLocks({ postgresAdminUrl }: Stack, service: string): postgres.Sql {
  const url = new URL(postgresAdminUrl);
  url.pathname = `/${service}`;
  return postgres(url.href, {
    ...{ max: 2, onnotice: () => {} },
    connection: { session_replication_role: 'replica', synchronous_commit: 'off', work_mem: '256MB' },
  });
}

/** Tells one service's access copy of some more children, with their guardians and the staff of their groups and units. */
export async function settle(
  sql: postgres.Sql,
  {
    from,
    to,
    features,
  }: { readonly from: number; readonly to: number; readonly features: readonly string[] },
): Promise<void> {
  const [group, unit] = [`n / ${childrenPerGroup}`, `n / ${childrenPerUnit}`];
  await sql.unsafe(`
    insert into access.guardian (child_id, person_id, grant_id, ground)
    select ${idIn('child', 'n')}, person_id, gen_random_uuid(), 'PARENTAL_RESPONSIBILITY'
    from generate_series(${from}, ${to - 1}) as n,
      unnest(array[${idIn('mother', 'n / 2')}, ${idIn('father', 'n / 2')}]) as person_id;
    insert into access.enrolment (enrolment_id, child_id, unit_id, group_ids, from_day)
    select gen_random_uuid(), ${idIn('child', 'n')}, ${idIn('unit', unit)}, array[${idIn('group', group)}], current_date - 400
    from generate_series(${from}, ${to - 1}) as n;
    insert into access.unit (unit_id, kind, is_active)
    select distinct ${idIn('unit', unit)}, 'SCHOOL', true from generate_series(${from}, ${to - 1}) as n
    on conflict do nothing;
    insert into access.staff_role (role_id, person_id, role, unit_id, group_id, from_day)
    select md5(person_id::text || unit_id)::uuid, person_id, role, unit_id, group_id, current_date - 400 from (
      select distinct ${idIn('teacher', group)} as person_id, 'CONTACT_TEACHER' as role, ${idIn('unit', unit)} as unit_id,
        ${idIn('group', group)} as group_id
      from generate_series(${from}, ${to - 1}) as n
      union all
      select distinct person_id, 'LEADER', ${idIn('unit', unit)}, null::uuid
      from generate_series(${from}, ${to - 1}) as n, unnest(array[${idIn('leader', unit)}, ${idIn('author', '0')}]) as person_id) as roles
    on conflict do nothing;
    insert into access.feature (unit_id, feature, state, is_readable)
    select distinct ${idIn('unit', unit)}, feature, 'OPEN', true
    from generate_series(${from}, ${to - 1}) as n, unnest(array[${features.map((one) => `'${one}'`).join()}]) as feature
    on conflict do nothing`);
}

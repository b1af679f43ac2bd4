-- As before; and what staff had begun of a child whose guardian they have become, which they see no more (GUA-24).
create or replace function drop_drafts(unchanged_since timestamptz, knows_grounds boolean) returns int
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with gone as (
    delete from draft d where (d.send_at is null and d.changed_at < unchanged_since) or knows_grounds and case
      when d.author_as = 'guardian' then exists (
        select from unnest(d.child_ids) as child where not exists (
          select from access.guardian g where g.child_id = child and g.person_id = d.author_id
            and (g.ends_on is null or access.today() < g.ends_on)))
      when d.kind = 'BROADCAST' then not d.places <@ broadcast_places_of(d.author_id)
      else exists (
        select from unnest(d.child_ids) as child
        where exists (select from access.guardian g where g.child_id = child and g.person_id = d.author_id) or not exists (
          select from access.staff_role r join access.enrolment e on e.unit_id = r.unit_id
          join access.unit u on u.unit_id = r.unit_id
          where r.person_id = d.author_id and e.child_id = child and e.unit_id = d.unit_id
            and (u.kind = 'KINDERGARTEN' or r.group_id is null or r.group_id = any (e.group_ids))
            and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day)
            and e.from_day <= access.today() and (e.to_day is null or access.today() < e.to_day)
            and (e.named_staff is null or access.is_named(e.named_staff, d.author_id, access.today())))) end
    returning 1)
  select count(*)::int from gone
$$;

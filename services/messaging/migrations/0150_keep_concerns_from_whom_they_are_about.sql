-- Who of the staff a concern is about, as whoever raised it has said. Nobody reads it by a request: it says whom the concern is kept
-- from, in every list and whatever they are at the unit (SKM-04).
create table concern_about (
  concern_id uuid not null references safety_concern on delete cascade,
  person_id uuid not null,
  primary key (concern_id, person_id)
);
create index concern_about_person on concern_about (person_id);
-- About a leader of the unit: it goes to the municipality, past all who lead there.
alter table safety_concern
  add column is_past_leaders boolean not null default false,
  add column is_about_staff boolean not null default false;

alter table concern_about enable row level security;
alter table concern_about force row level security;
create policy of_the_service on concern_about to {{worker}} using (true) with check (true);
grant select, insert, update, delete on concern_about to {{worker}};
create policy of_the_owner on concern_about for select to {{owner}} using (true);
create policy of_the_owner on safety_concern for select to {{owner}} using (true);

-- Entries of concerns about whoever asks.
create function entries_about_oneself() returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array(
    select c.entry_id from concern_about a join safety_concern c using (concern_id) where a.person_id = access.person())
$$;
-- Entries that no leader of the unit answers for, as far as they are any matter of whoever asks: it was said that they are about a
-- leader, or there is nobody leading the unit today whom they are not about.
create function entries_past_leaders() returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array(
    select c.entry_id from safety_concern c
    where (c.unit_id = any ((select led_units())::uuid[]) or 'MUNICIPAL_ADMINISTRATOR' = any ((select access.municipal())::text[]))
      and (c.is_past_leaders or not exists (
        select from access.staff_role r
        where r.unit_id = c.unit_id and r.role = 'LEADER' and r.group_id is null
          and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day)
          and not exists (select from concern_about a where a.concern_id = c.concern_id and a.person_id = r.person_id))))
$$;
revoke all on function entries_about_oneself(), entries_past_leaders() from public;
grant execute on function entries_about_oneself(), entries_past_leaders() to {{request}}, {{worker}};

do $$
declare
  name text;
begin
  foreach name in array array['safety_concern', 'form_case'] loop
    execute format($p$
      alter policy of_the_leader on %I using (
        unit_id = any ((select led_units())::uuid[])
        and not entry_id = any ((select entries_past_leaders())::uuid[])
        and not entry_id = any ((select entries_about_oneself())::uuid[]))$p$, name);
    execute format($p$
      create policy of_the_municipality on %I for select to {{request}} using (
        'MUNICIPAL_ADMINISTRATOR' = any ((select access.municipal())::text[])
        and entry_id = any ((select entries_past_leaders())::uuid[])
        and not entry_id = any ((select entries_about_oneself())::uuid[]))$p$, name);
  end loop;
end $$;

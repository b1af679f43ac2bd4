-- Of which children placement has said that admission has something open about them, or a place for them. Nothing is known of where, when or why.
create table considered_child (
  child_id uuid primary key references person on delete cascade,
  revision bigint not null,
  is_waiting boolean not null,
  has_place boolean not null,
  -- When it was said last. Placement says it again each week while it is so: what it says no more was lost on its way, and ends by itself.
  heard_at timestamptz not null,
  -- The last that was heard of it waiting: from then on its time is counted (RET-09). Null: it never did.
  waited_until timestamptz
);

alter table considered_child enable row level security;
alter table considered_child force row level security;
create policy of_the_owner on considered_child to {{owner}} using (true) with check (true);
create policy of_the_service on considered_child to {{worker}} using (true) with check (true);
grant select, insert, update on considered_child to {{worker}};

create function is_still_considered(word considered_child) returns boolean language sql stable
  as $$ select (word.is_waiting or word.has_place) and word.heard_at > now() - interval '30 days' $$;

-- The children whose names a case worker reads because admission considers them: none who is protected, themself or through an adult, none of whom
-- nobody knows whether they are, and none to whom the case worker is or was a party (ADR-04, GUA-24). Worked out once for a query that needs it.
create function access.considered() returns uuid[]
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not access.municipal() && '{CASE_WORKER}' then
    return '{}';
  end if;
  return with_merged(array(
    select p.person_id from considered_child c
      join person p on p.person_id = human(c.child_id) join case_file f on f.child_id = p.person_id
      where is_still_considered(c)
        and f.protection not in ('FORTROLIG', 'STRENGT_FORTROLIG') and p.protection not in ('FORTROLIG', 'STRENGT_FORTROLIG')
    except select unnest(access.own_cases(access.staff()))));
end $$;

create policy of_admission on person for select to {{request}} using (person_id = any ((select access.considered())::uuid[]));
create policy of_admission on case_file for select to {{request}} using (child_id = any ((select access.considered())::uuid[]));
create policy of_admission on considered_child for select to {{request}} using (child_id = any ((select access.considered())::uuid[]));
grant select on considered_child to {{request}};

create or replace function forget_description() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update person set lives_here = null, applied_for_on = null where person_id = new.person_id;
  delete from applicant where person_id = new.person_id;
  delete from child_to_describe where child_id = new.person_id;
  delete from child_description where child_id = new.person_id;
  delete from considered_child where child_id = new.person_id;
  return null;
end $$;

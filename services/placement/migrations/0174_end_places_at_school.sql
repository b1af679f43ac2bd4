-- That a child begins school a year later than by its age, or does after all: what was noted last counts (BHG-14, P22). Added and never changed.
create table school_start_note (
  id uuid primary key,
  child_id uuid not null,
  is_deferred boolean not null,
  reason text not null check (length(reason) between 1 and 2000),
  noted_by uuid,
  noted_at timestamptz not null
);
create index school_start_note_child on school_start_note (child_id, noted_at desc, id desc);
create trigger school_start_note_is_kept before update on school_start_note for each row execute function keep_as_added('noted_by');

-- That a place ends as the child begins school, or is too old for care after it: nobody has given it up (BHG-14, SFO-02).
create table school_ending (
  place_id uuid primary key,
  child_id uuid not null,
  ends_on date not null,
  ended_at timestamptz not null,
  foreign key (place_id, child_id) references place (id, child_id) on delete cascade
);

do $$
declare
  name text;
begin
  foreach name in array array['school_start_note', 'school_ending'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_owner on %I to {{owner}} using (true) with check (true)', name);
  end loop;
end $$;
create policy of_the_service on school_start_note for select to {{worker}} using (true);
grant select (child_id, is_deferred, noted_at, id) on school_start_note to {{worker}};
create policy of_the_service on school_ending to {{worker}} using (true) with check (true);
grant select, insert, delete on school_ending to {{worker}};

create policy by_a_case_worker on school_start_note for insert to {{request}} with check (
  'CASE_WORKER' = any ((select access.municipal())::text[]) and noted_by = (select access.person())
  and child_id <> all ((select children_case_workers_do_not_meet())::uuid[]));
create policy by_an_officer on school_start_note for insert to {{request}} with check (
  child_id = any ((select children_of_officers())::uuid[]) and noted_by = (select access.person()));
grant insert on school_start_note to {{request}};

create function erase_person_from_school_starts(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from school_start_note where child_id = erased;
  update school_start_note set noted_by = null where noted_by = erased;
$$;
revoke all on function erase_person_from_school_starts(uuid) from public;
grant execute on function erase_person_from_school_starts(uuid) to {{worker}};

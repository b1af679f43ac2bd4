-- Whether the register has a residence in this municipality: of children for whom a place is to be applied for (BHG-03). Of nobody
-- else is that asked, and nothing more of where anybody lives.
alter table person add column lives_here text check (lives_here in ('YES', 'NO', 'UNKNOWN'));

-- What placement was told last of each child, and under which revision. It stays when that is taken back: a later word has to be
-- above it (S-24).
create table child_description (
  child_id uuid primary key references person on delete cascade,
  revision integer not null,
  -- Null: placement was told to forget.
  born_on date,
  lives_here text,
  is_protected boolean,
  check (num_nulls(born_on, lives_here, is_protected) in (0, 3))
);

-- Children of whom something has changed that placement may have to hear of; one can stand here more than once. Rows are only
-- added and taken away, so that nobody who changes who has access waits for whoever tells.
create table child_to_describe (
  id bigint generated always as identity primary key,
  child_id uuid not null
);

do $$
declare
  name text;
begin
  foreach name in array array['child_description', 'child_to_describe'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_owner on %I to {{owner}} using (true) with check (true)', name);
    execute format('create policy of_the_service on %I to {{worker}} using (true) with check (true)', name);
    execute format('grant select, insert, update, delete on %I to {{worker}}', name);
  end loop;
end $$;

create function describe_later() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into child_to_describe (child_id)
    values ((to_jsonb(new)->>(case tg_table_name when 'person' then 'person_id' else 'child_id' end))::uuid);
  return null;
end $$;
create trigger child_is_described after update of birth_date, lives_here, protection, held_protection, is_child, is_dead, merged_into
  on person for each row when (new.is_child
    and (new.birth_date, new.lives_here, new.protection, new.held_protection, new.is_child, new.is_dead, new.merged_into)
      is distinct from (old.birth_date, old.lives_here, old.protection, old.held_protection, old.is_child, old.is_dead, old.merged_into))
  execute function describe_later();
create trigger child_is_described after insert on access_grant for each row execute function describe_later();
create trigger child_is_described_again after update of state on access_grant for each row
  when ((old.state = 'ENDED') <> (new.state = 'ENDED')) execute function describe_later();

-- Of which children placement is to know what at this moment: those of an age for kindergarten and after-school care whom somebody
-- has access to, or waits for it (ADR-04). Of a strictly protected child nothing is said of where it lives, whatever the register
-- said before (ADR-03).
create view describable with (security_invoker = true) as
  select p.person_id as child_id, p.birth_date as born_on,
    case when p.protection = 'STRENGT_FORTROLIG' then 'UNKNOWN' else coalesce(p.lives_here, 'UNKNOWN') end as lives_here,
    greatest(protection_rank(p.protection), protection_rank(p.held_protection)) >= protection_rank('FORTROLIG') as is_protected
  from person p
  where p.is_child and p.merged_into is null and not p.is_dead
    and p.birth_date > ((select access.today()) - interval '14 years')::date
    and exists (select from access_grant g where g.child_id = p.person_id and g.state <> 'ENDED');
grant select on describable to {{worker}};

-- An id that is nobody's any more lives nowhere, and placement hears of the erasure itself.
create function forget_description() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update person set lives_here = null where person_id = new.person_id;
  delete from child_to_describe where child_id = new.person_id;
  delete from child_description where child_id = new.person_id;
  return null;
end $$;
create trigger erased_is_not_described after insert on erasure for each row execute function forget_description();

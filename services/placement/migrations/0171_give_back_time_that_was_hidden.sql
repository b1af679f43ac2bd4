-- Since when a unit is hidden. Nobody reads an offer of it meanwhile, and nobody can answer: its time is given back in whole days, as it ends with
-- a day, once the unit is shown again (X07, BHG-12). Never is any time taken.
create table unit_hidden (
  unit_id uuid primary key,
  since timestamptz not null
);
alter table unit_hidden enable row level security;
alter table unit_hidden force row level security;
create policy of_the_owner on unit_hidden to {{owner}} using (true) with check (true);

create function give_back_hidden_time() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  hidden timestamptz;
begin
  if tg_op <> 'DELETE' and not new.is_readable then
    insert into unit_hidden (unit_id, since) values (new.unit_id, clock_timestamp()) on conflict (unit_id) do nothing;
    return null;
  end if;
  delete from unit_hidden where unit_id = old.unit_id returning since into hidden;
  update offer set deadline = (deadline at time zone 'Europe/Oslo' + interval '1 day' *
    ceil(extract(epoch from clock_timestamp() - greatest(hidden, made_at)) / 86400)) at time zone 'Europe/Oslo'
  where unit_id = old.unit_id and state = 'SENT' and deadline >= hidden and made_at < clock_timestamp();
  return null;
end $$;
revoke all on function give_back_hidden_time() from public;
create trigger unit_is_hidden after insert on access.feature
  for each row when (new.feature = 'PLACEMENT' and not new.is_readable) execute function give_back_hidden_time();
create trigger unit_is_hidden_or_shown after update on access.feature
  for each row when (new.feature = 'PLACEMENT' and new.is_readable <> old.is_readable) execute function give_back_hidden_time();
create trigger unit_is_shown after delete on access.feature
  for each row when (old.feature = 'PLACEMENT' and not old.is_readable) execute function give_back_hidden_time();

-- A question that is put again after there was nothing to ask is another notice: the one before was taken back, and nobody is told
-- of it a second time.
create or replace function ask_the_day_after() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into still_sick (child_id, day, unit_ids, look_at)
  select child_id, day + 1, array[unit_id], (day + 1)::timestamp at time zone 'Europe/Oslo' from absence
  where id = new.absence_id and arrives_at is null and leaves_at is null and day + 1 >= access.today()
  on conflict (day, child_id) do update set
    unit_ids = array(select distinct unnest(still_sick.unit_ids || excluded.unit_ids) order by 1),
    look_at = excluded.look_at,
    state = case still_sick.state when 'SETTLED' then 'WAITING' else still_sick.state end,
    notice_id = case still_sick.state when 'SETTLED' then uuidv7() else still_sick.notice_id end,
    is_told = still_sick.is_told and still_sick.state <> 'SETTLED';
  return null;
end $$;

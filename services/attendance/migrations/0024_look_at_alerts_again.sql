-- An alert is looked at again later: when a child who is said to come late should have come (ABS-12), and when looking at it has failed,
-- so that it holds up no other.
alter table unreported_alert
  -- Not before. Null: as soon as it is due.
  add column look_at timestamptz,
  -- How often looking at it has failed in a row.
  add column looks int not null default 0;
grant update (look_at, looks) on unreported_alert to {{worker}};

-- Also of an alert that waits: whoever looks at it just now either waits for this, or is followed by another look.
create or replace function check_alert_anew() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update unreported_alert set is_to_check = true, look_at = null
    where day = new.day and unit_id = new.unit_id and child_id = new.child_id
      and state in ('WAITING', 'SETTLED', 'TOLD', 'PHONE');
  return null;
end $$;

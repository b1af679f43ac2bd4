-- Somebody of the staff at a shared tablet, let in by a PIN (T16). Who they are and whom they have in their charge at the tablet's unit
-- stand apart from what others are let in by: no policy that is there already shows them anything, and what a tablet is shown has a
-- policy of its own (decision 0046).
create function access.tablet() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.tablet', true), '')::uuid $$;
create function access.tablet_person() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.tablet_person', true), '')::uuid $$;
create function access.tablet_unit() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.tablet_unit', true), '')::uuid $$;
create function access.tablet_children() returns uuid[] language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('app.tablet_children', true), '')::uuid[], '{}') $$;

create function access.enter_at_tablet(who uuid, at_unit uuid, tablet uuid, max_age interval) returns boolean
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  today constant date := access.today();
begin
  perform set_config(name, '', true)
    from unnest(array['app.tablet', 'app.tablet_person', 'app.tablet_unit', 'app.tablet_children']) as name;
  -- Nobody, as far as anything else is concerned.
  if access.enter(null, 'tablet', max_age) is not true then
    return false;
  end if;
  perform set_config('app.tablet', tablet::text, true), set_config('app.tablet_person', who::text, true),
          set_config('app.tablet_unit', at_unit::text, true);
  perform set_config('app.tablet_children', coalesce(array_agg(distinct e.child_id), '{}')::text, true)
    from access.staff_role r
    join access.enrolment e on e.unit_id = r.unit_id and (r.group_id is null or r.group_id = any (e.group_ids))
    where r.person_id = who and r.unit_id = at_unit and r.from_day <= today and (r.to_day is null or today < r.to_day)
      and e.from_day <= today and (e.to_day is null or today < e.to_day)
      and (e.named_staff is null or access.is_named(e.named_staff, who, today));
  return true;
end $$;
revoke all on function access.enter_at_tablet(uuid, uuid, uuid, interval) from public;
grant execute on function access.enter_at_tablet(uuid, uuid, uuid, interval) to {{service}};

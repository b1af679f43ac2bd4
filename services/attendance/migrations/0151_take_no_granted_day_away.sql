-- Another decision grants no fewer days than stand, whoever writes it: those are taken away by a refusal alone, where somebody complained (ADM-10).
create or replace function settle_leave_decision() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.nth = 1 then
    update leave set state = new.outcome, decided_at = new.decided_at, hearing = coalesce(new.hearing, hearing),
      school_day_count = greatest(new.school_day_count, 1), starts_on = new.starts_on, ends_before = new.ends_before
    where id = new.leave_id and state = 'APPLIED';
  else
    update leave set state = new.outcome, decided_at = new.decided_at, hearing = coalesce(new.hearing, hearing),
      school_day_count = greatest(new.school_day_count, 1), starts_on = new.starts_on, ends_before = new.ends_before
    where id = new.leave_id and state in ('GRANTED', 'REFUSED')
      and exists (select from leave_decision before where before.leave_id = new.leave_id and before.nth = new.nth - 1)
      and case new.outcome
        when 'GRANTED' then (state = 'REFUSED' and ends_before is null)
          or coalesce(ends_before, last_day + 1) <= coalesce(starts_on, first_day)
          or (coalesce(new.starts_on, first_day) <= coalesce(starts_on, first_day)
            and coalesce(new.ends_before, last_day + 1) >= coalesce(ends_before, last_day + 1))
        else exists (select from leave_complaint where leave_id = new.leave_id and nth = new.nth - 1) end;
  end if;
  if not found then
    raise exception 'leave % does not wait for a decision', new.leave_id using errcode = 'restrict_violation';
  end if;
  delete from leave_day where leave_id = new.leave_id
    and (day < coalesce(new.starts_on, day) or day >= coalesce(new.ends_before, 'infinity'));
  return null;
end $$;

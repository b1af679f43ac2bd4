-- What was decided is kept with all that it takes to do it again (BHG-23, and the duty to archive what a decision rests on). A simulation decided
-- nothing: it goes when its round is over, and with a child that is in it (RET-08).
drop trigger run_is_kept on run;
create trigger run_is_kept before update on run for each row execute function keep_as_added('made_by');
create trigger final_run_is_kept before delete on run
  for each row when (old.purpose = 'FINAL') execute function keep_as_added('made_by');
create function let_simulations_go() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from run where round_id = new.id and purpose = 'SIMULATION';
  return null;
end $$;
revoke all on function let_simulations_go() from public;
create trigger round_lets_simulations_go after update of state on admission_round
  for each row when (new.state = 'FINISHED' and old.state <> 'FINISHED') execute function let_simulations_go();

-- Why something was decided by hand is free text about a child. It goes with the child, and that it was decided stays: null, once they have
-- been erased.
alter table round_override alter column reason drop not null;
alter table round_override_withdrawal alter column reason drop not null;
drop trigger round_override_is_kept on round_override;
create trigger round_override_is_kept before update or delete on round_override
  for each row execute function keep_as_added('decided_by', 'reason');
drop trigger round_override_withdrawal_is_kept on round_override_withdrawal;
create trigger round_override_withdrawal_is_kept before update or delete on round_override_withdrawal
  for each row execute function keep_as_added('withdrawn_by', 'reason');
create policy with_a_reason on round_override as restrictive for insert to {{request}} with check (reason is not null);
create policy with_a_reason on round_override_withdrawal as restrictive for insert to {{request}} with check (reason is not null);

create function forget_runs_of(applications uuid[]) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from run r using placement_application a
  where a.id = any (applications) and r.round_id = a.round_id and r.purpose = 'SIMULATION' and position(a.id::text in r.snapshot) > 0;
  update round_override set reason = null where application_id = any (applications) and reason is not null;
  update round_override_withdrawal w set reason = null from round_override o
  where o.id = w.override_id and o.application_id = any (applications) and w.reason is not null;
$$;
-- Before the child's applications go, by which it is known which these are.
create or replace function erase_person_from_runs(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  select forget_runs_of(array(select a.id from placement_application a where a.child_id = erased));
  update round_override set decided_by = null where decided_by = erased;
  update round_override_approval set approved_by = null where approved_by = erased;
  update round_override_withdrawal set withdrawn_by = null where withdrawn_by = erased;
  update right_decision set decided_by = null where decided_by = erased;
  update scenario set saved_by = null where saved_by = erased;
  update run set made_by = null where made_by = erased;
$$;

-- Applications that came to nothing, of rounds that were over before an instant (RET-12): nobody appeals any more from then on. What was appealed
-- against stays as long as nothing says that the appeal is in the archive (RET-02, ADM-06). Answers how many went.
create function forget_applications_over(ended timestamptz, most int) returns int
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  gone uuid[];
begin
  select coalesce(array_agg(id), '{}') into gone from (
    select a.id from placement_application a join round_move m on m.round_id = a.round_id and m.move = 'FINISH' and m.made_at < ended
    where a.state in ('WITHDRAWN', 'ENDED')
      and not exists (select from place p where p.application_id = a.id)
      and not exists (select from offer o where o.application_id = a.id and o.state in ('SENT', 'ACCEPTED', 'ACCEPTED_KEEP'))
      and not exists (select from appeal p where p.application_id = a.id)
    order by a.id limit most for update of a skip locked) as over;
  perform forget_runs_of(gone);
  delete from offer where application_id = any (gone);
  delete from placement_application where id = any (gone);
  return cardinality(gone);
end $$;
revoke all on function forget_runs_of(uuid[]), forget_applications_over(timestamptz, int) from public;
grant execute on function forget_applications_over(timestamptz, int) to {{worker}};

-- Whoever applied withdraws, and the other guardian objects (LEA-07). Answers who that is while they are the child's guardian; null once
-- they are not, or are erased: then any guardian may.
create function leave_applicant(of_leave uuid) returns uuid
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select g.person_id from leave l
  join access.guardian g on g.child_id = l.child_id and g.person_id = l.applied_by
    and (g.ends_on is null or g.ends_on > access.today())
  where l.id = of_leave and l.child_id = any (access.children())
  limit 1
$$;
revoke all on function leave_applicant(uuid) from public;
grant execute on function leave_applicant(uuid) to {{request}};
-- What whoever asks may withdraw; runs once for a query.
create function leaves_to_withdraw() returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(id), '{}') from leave
  where child_id = any (access.children()) and state in ('APPLIED', 'GRANTED')
    and coalesce(leave_applicant(id), access.person()) = access.person()
$$;
revoke all on function leaves_to_withdraw() from public;
grant execute on function leaves_to_withdraw() to {{request}};
create policy of_who_applied on leave_withdrawal as restrictive for insert to {{request}} with check (
  leave_id = any ((select leaves_to_withdraw())::uuid[]));

-- Where absence is not open, nothing happens to leave either (X07).
do $$
declare
  name text;
begin
  foreach name in array array['leave_text', 'leave_objection', 'leave_decision', 'leave_withdrawal'] loop
    execute format('create policy while_open on %I as restrictive for insert to {{request}} with check (
      unit_id = any ((select units_open())::uuid[]))', name);
  end loop;
end $$;

-- Nothing is kept of a holy day that could say which faith it is, whoever writes it (LEA-04).
delete from leave_text where kind = 'HOLY_DAY' and part = 'OBJECTION';
alter table leave_text add constraint leave_text_of_a_holy_day check (kind = 'GENERAL' or part in ('DECISION', 'LETTER'));

-- Leave on a holy day is a right: to refuse one is the leader's (LEA-04).
create policy right_of_a_holy_day on leave_decision as restrictive for insert to {{request}} with check (
  kind = 'GENERAL' or outcome = 'GRANTED' or child_id || ':' || unit_id = any ((select leave_seats_led())::text[]));

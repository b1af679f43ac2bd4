-- What a round is allocated from, joined once for all who apply: each of them, and each wish, looked through all places of the municipality. Whatever
-- the planner believes of how many there are, nothing here is looked up row by row.
create or replace function round_facts(wanted uuid) returns jsonb
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp set enable_nestloop = off as $$
declare
  r admission_round;
  starts date;
  facts jsonb;
begin
  select * into r from admission_round where id = wanted and 'CASE_WORKER' = any ((select access.municipal())::text[]);
  if not found then
    return null;
  end if;
  starts := (r.admission_year || '-' || r.year_begins)::date;
  with placed as materialized (
    select * from places_on(starts, case when r.kind = 'SFO' then 'AFTER_SCHOOL' else 'KINDERGARTEN' end)),
  applying as materialized (
    select a.* from placement_application a
    where a.round_id = wanted and a.state in ('SUBMITTED', 'COMPLETE') and a.child_id <> all ((select children_kept_apart())::uuid[]))
  select jsonb_build_object(
    'units', (
      select coalesce(jsonb_agg(jsonb_build_object('id', u.unit_id, 'priority', s.priority, 'convertible', coalesce(s.convertible, false),
        'maxSeats', coalesce(s.max_seats, '{}'), 'showRank', coalesce(s.show_rank, false),
        'seats', (
          select coalesce(jsonb_agg(jsonb_build_object('group', lower(d.age_group), 'seats', d.seats, 'occupied', d.occupied,
            'reserved', d.reserved, 'area', d.area, 'adults', d.adults)), '[]')
          from (select distinct on (d.age_group) d.* from seat_decision d where d.round_id = wanted and d.unit_id = u.unit_id
            order by d.age_group, d.nth desc) as d))), '[]')
      from round_unit u left join statute s on s.id = coalesce(u.statute_id, (
        select f.id from statute f where f.unit_id = u.unit_id and f.id = any ((select statutes_in_force())::uuid[])))
      where u.round_id = wanted),
    'overrides', (
      select coalesce(jsonb_agg(jsonb_build_object('kind', o.kind, 'applicationId', o.application_id, 'unitId', o.unit_id,
        'group', lower(o.age_group), 'seats', o.seats) order by o.nth), '[]')
      from round_override o join round_unit u on u.round_id = o.round_id and u.unit_id = o.unit_id
      where o.round_id = wanted
        and not exists (select from round_override_withdrawal w where w.override_id = o.id)
        and (coalesce(r.config ->> 'overridesByTwo', 'false') = 'false'
          or exists (select from round_override_approval p where p.override_id = o.id))),
    'applicants', (
      select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'childId', a.child_id, 'born', c.born_on, 'livesHere', c.lives_here,
        'wantedStart', a.wanted_start, 'submittedAt', a.submitted_at, 'hasRight', d.has_right, 'currentUnitId', p.unit_id,
        'hasPlaceHere', coalesce(p.is_given, false), 'guardianIds', coalesce(g.ids, '[]'), 'claims', coalesce(k.claims, '[]'),
        'wishes', coalesce(w.wishes, '[]')) order by a.id), '[]')
      from applying a
      left join child_facts c on c.child_id = a.child_id
      left join placed p on p.child_id = a.child_id
      left join (
        select distinct on (d.application_id) d.application_id, d.has_right from right_decision d
        where d.round_id = wanted order by d.application_id, d.nth desc) as d on d.application_id = a.id
      left join (
        select g.child_id, jsonb_agg(g.person_id) as ids from access.guardian g join applying of on of.child_id = g.child_id
        where g.ground = 'PARENTAL_RESPONSIBILITY' group by g.child_id) as g on g.child_id = a.child_id
      left join (
        select k.application_id, jsonb_agg(jsonb_build_object('flag', k.flag, 'unitId', k.unit_id, 'verdict', lower(k.verdict))) as claims
        from claim k where k.round_id = wanted group by k.application_id) as k on k.application_id = a.id
      left join (
        select w.application_id, jsonb_agg(jsonb_build_object('unitId', w.unit_id, 'rank', w.rank, 'hasSibling', s.child_id is not null)
          order by w.rank) as wishes
        from wish w left join placed s on s.child_id = w.sibling_child_id and s.unit_id = w.unit_id
        where w.round_id = wanted group by w.application_id) as w on w.application_id = a.id)) into facts;
  return facts;
end $$;

-- What is wished for at a unit that is hidden or led is looked for in each reading; the other index begins with the round.
create index wish_wanted_unit on wish (unit_id);

-- What was decided by hand of a child is there for whoever meets its application: looked for among those of whom something was decided, or may be, and
-- not among all that were ever sent.
create function applications_overridden() returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(o.application_id), '{}') from round_override o
  where o.application_id is not null and 'CASE_WORKER' = any ((select access.municipal())::text[])
$$;
create function rounds_to_decide_in() returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(id), '{}') from admission_round where state in ('DRAFT', 'OPEN', 'CLOSED')
$$;
revoke all on function applications_overridden(), rounds_to_decide_in() from public;
grant execute on function applications_overridden(), rounds_to_decide_in() to {{request}};
create or replace function applications_seen() returns uuid[] language sql stable
  as $$
    select coalesce(array_agg(id), '{}') from placement_application
    where submitted_at is not null and (round_id = any ((select rounds_to_decide_in())::uuid[])
      or id = any ((select applications_overridden())::uuid[]))
  $$;

-- That each outcome is of a unit and a run of its round is looked at for all of them at once: a foreign key looks up the same few rows for each wish.
-- Neither goes away: a run that was published is kept, and units leave a round only while it is planned.
alter table wish_outcome drop constraint wish_outcome_run_id_fkey, drop constraint wish_outcome_round_id_unit_id_fkey;
create function keep_outcomes_in_their_round() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (
      select distinct o.round_id, o.unit_id from added o
      except select u.round_id, u.unit_id from round_unit u)
    or exists (select distinct o.round_id, o.run_id from added o except select r.round_id, r.id from run r where r.purpose = 'FINAL') then
    raise exception 'an outcome is of a unit and the final run of its round' using errcode = 'foreign_key_violation';
  end if;
  return null;
end $$;
revoke all on function keep_outcomes_in_their_round() from public;
create trigger wish_outcome_is_of_its_round after insert on wish_outcome
  referencing new table as added for each statement execute function keep_outcomes_in_their_round();

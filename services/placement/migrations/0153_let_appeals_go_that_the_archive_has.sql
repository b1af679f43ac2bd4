-- What holds what was appealed about: the appeal is not over, or the archive has not said of each of its acts that it is there (RET-02, RET-07,
-- ADM-06, ARK-08). One entry is the appeal itself, and one is of each move.
create function appeals_held() returns setof appeal
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.* from appeal p
  where p.state not in ('UPHELD', 'CLOSED')
    or (select count(*) from archive_entry e where e.case_id = p.id and e.filed_at is not null)
      < 1 + (select count(*) from appeal_move m where m.appeal_id = p.id)
$$;
revoke all on function appeals_held() from public;

-- As before, but that an appeal holds its application no longer than above, and that the twelve months of one are counted from when it was decided, as
-- it stopped the clock (RET-12, ADM-06). Whoever waits again because an appeal was upheld waits on.
create or replace function forget_applications_over(ended timestamptz, most int) returns int
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  gone uuid[];
begin
  select coalesce(array_agg(id), '{}') into gone from (
    select a.id from placement_application a join round_move m on m.round_id = a.round_id and m.move = 'FINISH' and m.made_at < ended
    where a.state in ('WITHDRAWN', 'ENDED')
      and not exists (select from place p where p.application_id = a.id)
      and not exists (select from offer o where o.application_id = a.id and o.state in ('SENT', 'ACCEPTED', 'ACCEPTED_KEEP'))
      and not exists (select from waiting_entry e where e.application_id = a.id and e.is_active)
      and not exists (select from appeals_held() h where h.application_id = a.id)
      and not exists (select from appeal p join appeal_move d on d.appeal_id = p.id where p.application_id = a.id and d.made_at >= ended)
    order by a.id limit most for update of a skip locked) as over;
  perform forget_runs_of(gone);
  delete from offer where application_id = any (gone);
  delete from placement_application where id = any (gone);
  return cardinality(gone);
end $$;

create or replace function forget_claim_documents_over(most int) returns int
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with gone as (
    delete from claim_document where id in (
      select d.id from claim_document d join placement_application a on a.id = d.application_id
      join admission_round r on r.id = d.round_id
      where (a.state = 'WITHDRAWN' or r.state = 'FINISHED' or (r.kind = 'CONTINUOUS' and a.state in ('PLACED', 'ENDED')))
        and not exists (select from appeals_held() h where h.application_id = a.id)
      limit most)
    returning 1)
  select count(*)::int from gone
$$;

-- Identity holds the child, and those tied to it, as long.
create or replace function children_in_admission(asked uuid[]) returns table (child_id uuid, is_waiting boolean, has_place boolean)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.child_id, bool_or(c.is_waiting), bool_or(c.has_place) from (
    select a.child_id, true as is_waiting, false as has_place from placement_application a where a.state in ('SUBMITTED', 'COMPLETE', 'WAITING')
    union all select e.child_id, true, false from waiting_entry e where e.is_active
    union all select o.child_id, true, false from offer o where o.state = 'SENT'
    union all select h.child_id, true, false from appeals_held() h
    union all select p.child_id, access.today() < p.from_day, true from place p where p.to_day is null or access.today() < p.to_day) as c
  where asked is null or c.child_id = any (asked)
  group by c.child_id
$$;

create function consider_when_filed() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into child_to_consider (child_id)
  select distinct p.child_id from changed c join appeal p on p.id = c.case_id where c.filed_at is not null;
  return null;
end $$;
revoke all on function consider_when_filed() from public;
create trigger is_considered_when_filed after update on archive_entry
  referencing new table as changed for each statement execute function consider_when_filed();

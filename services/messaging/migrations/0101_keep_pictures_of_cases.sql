-- As before, but for pictures that were moved to a case with their message: those are the archive's to keep or not, and nothing of it
-- is destroyed without a ground (ARK-05), which that a child has left is not.
create or replace function drop_pictures_of_the_left() returns int
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with gone as (
    delete from attachment a where a.media_type like 'image/%' and a.message_id is not null and not a.is_moved
      and (select is_whole from access.copy_state) and not exists (
        select from unnest(a.child_ids) as child
        where not exists (select from access.enrolment e where e.child_id = child)
          or exists (select from access.enrolment e where e.child_id = child
            and (e.to_day is null or access.today() <= (e.to_day + interval '1 month')::date)))
    returning 1)
  select count(*)::int from gone
$$;

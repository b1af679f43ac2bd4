-- Whoever works with a group alone that has no children yet has neither a unit nor a seat, and counted as nobody here: what the first
-- lock let them publish failed. That seats are stated at all, be it none, is how access.enter tells staff from guardians.
create or replace function broadcast_places() returns text[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select case when acting_as() = 'staff' then broadcast_places_of(access.person()) else '{}' end
$$;
create or replace function staff_units() returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(distinct r.unit_id), '{}') from access.staff_role r
  where r.person_id = access.person() and acting_as() = 'staff'
    and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day)
$$;

-- A version that is published while its document is taken back would have brought the document back: one waits for the other, and of
-- what was taken back there is no other version.
create or replace function stay_the_document() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('unit document ' || new.document_id, 0));
  if exists (select from unit_document d where d.document_id = new.document_id
      and (d.unit_id, d.places, d.category) is distinct from (new.unit_id, new.places, new.category)) then
    raise exception 'a version is of the document that it is a version of' using errcode = 'insufficient_privilege';
  end if;
  if exists (select from unit_document d where d.document_id = new.document_id)
    and not exists (select from unit_document d where d.document_id = new.document_id and d.withdrawn_at is null) then
    raise exception 'the document has been taken back' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create or replace function withdraw_unit_document(wanted uuid, version uuid) returns int
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  select pg_advisory_xact_lock(hashtextextended('unit document ' || wanted, 0));
  with withdrawn as (
    update unit_document set withdrawn_at = now(), withdrawn_by = access.person()
    where document_id = wanted and (version is null or id = version) and withdrawn_at is null
      and places <@ (select public.broadcast_places())
    returning 1)
  select count(*)::int from withdrawn
$$;

-- What was drafted under a grant goes with it (GUA-10): nobody reads it any more, and a right that comes back is another grant. Looked at when all
-- is told of the child, as who has access is told whole.
create index placement_application_drafted_under on placement_application (drafted_under) where drafted_under is not null;
create function forget_drafts_of_grant() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from placement_application where drafted_under = old.grant_id
    and not exists (select from access.guardian g where g.grant_id = old.grant_id);
  return null;
end $$;
create constraint trigger drafts_go_with_the_grant after delete or update on access.guardian
  deferrable initially deferred for each row execute function forget_drafts_of_grant();

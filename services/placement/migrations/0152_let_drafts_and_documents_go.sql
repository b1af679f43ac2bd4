-- A draft can be sent no more once its round is over, and was nobody's to read but its writer's (BHG-05): it goes with the round.
create function let_drafts_go() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from placement_application where round_id = new.id and state = 'DRAFT';
  return null;
end $$;
create trigger round_lets_drafts_go after update of state on admission_round
  for each row when (new.state = 'FINISHED' and old.state <> 'FINISHED') execute function let_drafts_go();

-- Those of rounds that were over before the above.
create function forget_drafts_over(most int) returns int
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with gone as (
    delete from placement_application where id in (
      select a.id from placement_application a join admission_round r on r.id = a.round_id
      where a.state = 'DRAFT' and r.state = 'FINISHED'
      order by a.id limit most for update of a skip locked)
    returning 1)
  select count(*)::int from gone
$$;

-- A round that takes applications all year is never over: there it is the application that is. Once the child has its place by it, nobody decides by
-- what was claimed with it any more.
create or replace function forget_claim_documents_over(most int) returns int
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with gone as (
    delete from claim_document where id in (
      select d.id from claim_document d join placement_application a on a.id = d.application_id
      join admission_round r on r.id = d.round_id
      where (a.state = 'WITHDRAWN' or r.state = 'FINISHED' or (r.kind = 'CONTINUOUS' and a.state in ('PLACED', 'ENDED')))
        and not exists (select from appeal p where p.application_id = a.id)
      limit most)
    returning 1)
  select count(*)::int from gone
$$;
revoke all on function let_drafts_go(), forget_drafts_over(int) from public;
grant execute on function forget_drafts_over(int) to {{worker}};

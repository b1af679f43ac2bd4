-- What goes out with another notice in somebody's digest says which: when that one does not go out after all, because it was
-- withdrawn or by a child whom they have lost, this one goes by itself.
alter table notice add column merged_into uuid;
create index notice_merged on notice (merged_into, person_id) where merged_into is not null;

create function let_go_of_merged() returns trigger language plpgsql as $$
begin
  update notice set state = 'WAITING', reason = null, next_at = now(), settled_at = null, merged_into = null
  where merged_into = old.notice_id and person_id = old.person_id and state = 'DONE' and reason = 'MERGED';
  return null;
end $$;
create trigger notice_lets_go_of_merged after update of state on notice for each row
  when (old.state in ('WAITING', 'UNDER_WAY')
    and (new.state = 'HELD' or (new.state = 'DONE' and new.reason in ('DROPPED', 'NO_GROUND', 'PROTECTED'))))
  execute function let_go_of_merged();
create trigger gone_notice_lets_go_of_merged after delete on notice for each row
  when (old.state <> 'DONE') execute function let_go_of_merged();

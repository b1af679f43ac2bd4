-- Rules may change until a round is allocated (placement § 8): a unit is ranked by another version of its statutes than the one it began with,
-- for a reason. It is a move like any other, so that nobody allocates meanwhile.
alter table round_move
  add column unit_id uuid,
  add column statute_id uuid references statute,
  drop constraint round_move_check,
  add constraint round_move_known check ((move, from_state, to_state) in (
    ('PLAN', 'DRAFT', 'DRAFT'), ('CHANGE', 'DRAFT', 'DRAFT'), ('OPEN', 'DRAFT', 'OPEN'), ('GRANT_GRACE', 'OPEN', 'OPEN'),
    ('CHANGE_STATUTES', 'OPEN', 'OPEN'), ('CHANGE_STATUTES', 'CLOSED', 'CLOSED'),
    ('CLOSE', 'OPEN', 'CLOSED'), ('REOPEN', 'CLOSED', 'OPEN'), ('ALLOCATE', 'CLOSED', 'ALLOCATED'),
    ('DISCARD', 'ALLOCATED', 'CLOSED'), ('PUBLISH', 'ALLOCATED', 'PUBLISHED'), ('OPEN_APPEALS', 'PUBLISHED', 'APPEAL'),
    ('FINISH', 'APPEAL', 'FINISHED'))),
  add constraint round_move_of_statutes check (
    (move = 'CHANGE_STATUTES') = (statute_id is not null) and (move = 'CHANGE_STATUTES') = (unit_id is not null)
    and (move <> 'CHANGE_STATUTES' or reason is not null));

create function change_statutes_of_round() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update round_unit u set statute_id = new.statute_id
  where u.round_id = new.round_id and u.unit_id = new.unit_id
    and exists (select from statute s where s.id = new.statute_id and s.unit_id = new.unit_id);
  if not found then
    raise exception 'statutes % are not of a unit of round %', new.statute_id, new.round_id using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;
revoke all on function change_statutes_of_round() from public;
create trigger round_move_changes_statutes after insert on round_move
  for each row when (new.move = 'CHANGE_STATUTES') execute function change_statutes_of_round();

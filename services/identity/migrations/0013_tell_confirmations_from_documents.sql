-- What let a held grant through is another decision than the one that a grant by document rests on, and stands beside it.
alter table access_grant add column if not exists confirmation_id uuid references proposal;
update access_grant set confirmation_id = decision_id where ground <> 'MANUAL';

create or replace function refuse_undecided_grant() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  before constant text[] := case when tg_op = 'UPDATE' then old.confirmed_for else '{}' end;
  -- What was let through at the stricter level is so at the lesser, and can be written down as that.
  let_through constant text[] := array(select unnest(new.confirmed_for) except select unnest(before
    || case when 'PROTECTION_STRENGT_FORTROLIG' = any (before) then '{PROTECTION_FORTROLIG}'::text[] else '{}' end));
  is_documented constant boolean := new.ground = 'MANUAL'
    and (tg_op = 'INSERT' or new.decided_until > old.decided_until or new.decision_id <> old.decision_id);
begin
  if is_documented and not is_decided(new.decision_id, '{GRANT_ACCESS}', true) then
    raise exception 'grant % rests on no decision', new.grant_id using errcode = 'restrict_violation';
  end if;
  if let_through <> '{}' and not is_decided(coalesce(new.confirmation_id, new.decision_id), '{CONFIRM_GRANT,GRANT_ACCESS}',
    let_through && '{PROTECTION_STRENGT_FORTROLIG,D_NUMBER,FALSE_IDENTITY,BIRTH_DATE_MISSING,NOT_IN_REGISTER,SPLIT}') then
    raise exception 'grant % is let through by no decision', new.grant_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

-- One place says what takes two.
drop trigger if exists access_grant_split_takes_two on access_grant;
drop function if exists refuse_lone_word_on_split();

-- A role for the municipality that somebody decided ends by itself, or by somebody: never sooner in nobody's name.
create or replace function keep_municipal_role() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.source = 'decision' and not (is_decided(new.decision_id, '{ASSIGN_ROLE}', true) and exists (
      select from proposal where proposal_id = new.decision_id and person_id = new.person_id)) then
      raise exception 'role % rests on no decision', new.role_id using errcode = 'restrict_violation';
    end if;
    return new;
  end if;
  -- A role can end sooner than it was to, and its holder can turn out to have two ids. A new time is a new role.
  if new.person_id <> human(old.person_id) or (old.source <> 'roster' and new.to_day is distinct from old.to_day
    and (new.to_day > old.to_day or new.ended_by is null or new.ended_by is distinct from access.staff())) then
    raise exception 'role % ends by itself or by somebody', new.role_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

-- What took something away after the day that this database was put back to is taken away again (S-27). Staff decided it
-- once, in their own name, and it was told to the bus sealed for this service alone; it only ever takes away.

-- A restriction once more, as it was imposed.
create policy once_more on restriction for insert to {{owner}} with check (lifted_at is null);
create function repeat_restriction(said jsonb) returns boolean
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform take_turn();
  insert into restriction (restriction_id, child_id, person_id, kind, authority, closes_access, review_on, imposed_by, imposed_at)
    values ((said->>'restrictionId')::uuid, (said->>'childId')::uuid, (said->>'personId')::uuid, said->>'kind', said->>'authority',
      (said->>'closesAccess')::boolean, (said->>'reviewOn')::date, (said->>'imposedBy')::uuid, (said->>'imposedAt')::timestamptz)
    on conflict (restriction_id) do nothing;
  return found;
end $$;

-- The end of a role for the municipality once more. The role itself is ended in nobody's name, and this row says why.
create table role_ended_again (
  role_id uuid primary key references municipal_role on delete cascade,
  to_day date not null,
  ended_by uuid
);
alter table role_ended_again enable row level security;
alter table role_ended_again force row level security;
create policy of_the_owner on role_ended_again to {{owner}} using (true) with check (true);
create policy once_more on municipal_role for update to {{owner}} using (true) with check (true);
create function end_role_again(ended_role uuid, day date, who uuid) returns boolean
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  ends constant date := (select greatest(from_day, day) from municipal_role where role_id = ended_role);
begin
  if ends is null or exists (select from municipal_role where role_id = ended_role and to_day <= ends) then
    return false;
  end if;
  insert into role_ended_again values (ended_role, ends, who) on conflict (role_id) do update
    set to_day = least(role_ended_again.to_day, excluded.to_day), ended_by = excluded.ended_by;
  update municipal_role set to_day = ends where role_id = ended_role;
  return true;
end $$;

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
    and (new.to_day > old.to_day or new.ended_by is null or new.ended_by is distinct from access.staff())
    and not exists (select from role_ended_again again where again.role_id = new.role_id and again.to_day = new.to_day
      and again.to_day < old.to_day)) then
    raise exception 'role % ends by itself or by somebody', new.role_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

revoke all on function repeat_restriction(jsonb), end_role_again(uuid, date, uuid) from public;
grant execute on function repeat_restriction(jsonb), end_role_again(uuid, date, uuid) to {{worker}};

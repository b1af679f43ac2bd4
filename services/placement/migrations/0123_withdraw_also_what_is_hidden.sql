-- An application of one's own child as far as it takes to withdraw it, also where the municipality hides a unit that it wishes for: a family withdraws
-- whenever it wants to (BHG-07), and is told nothing by it that is hidden (X07).
create function application_to_withdraw(application uuid)
  returns table (id uuid, child_id uuid, round_id uuid, state text, submitted_by uuid, is_hidden boolean)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select a.id, a.child_id, a.round_id, a.state, a.submitted_by,
    exists (select from wish w where w.application_id = a.id and w.unit_id = any ((select units_hidden())::uuid[]))
  from placement_application a
  where a.id = application and a.child_id = any ((select responsible_children())::uuid[])
    and (a.drafted_under is null or a.drafted_under = any ((select grants_to_apply_under())::uuid[]))
$$;
create function discard_draft(application uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from placement_application a
  where a.id = application and a.state = 'DRAFT' and a.drafted_under = any ((select grants_to_apply_under())::uuid[])
$$;
-- That a child has an application to rounds of a kind that stands, or a draft of whoever asks, which they may not be shown: then nothing is written
-- beside it, and they are told that something is closed.
create function has_hidden_application(of_child uuid, of_kind text) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select from placement_application a join wish w on w.application_id = a.id
    where a.child_id = of_child and a.round_kind = of_kind and w.unit_id = any ((select units_hidden())::uuid[])
      and (a.state in ('SUBMITTED', 'COMPLETE', 'PLACED', 'WAITING')
        or (a.state = 'DRAFT' and a.drafted_under = any ((select grants_to_apply_under())::uuid[])))
      and (a.child_id = any ((select responsible_children())::uuid[])
        or ('CASE_WORKER' = any ((select access.municipal())::text[])
          and a.child_id <> all ((select children_case_workers_do_not_meet())::uuid[]))))
$$;
revoke all on function application_to_withdraw(uuid), discard_draft(uuid), has_hidden_application(uuid, text) from public;
grant execute on function application_to_withdraw(uuid), discard_draft(uuid), has_hidden_application(uuid, text) to {{request}};

-- Its author takes it back, with no more rights than whoever asks has: until now the service did it for them.
create policy by_its_author_again on broadcast for update to {{request}}
  using (author_id = (select access.person()) and unit_id = any ((select staff_units())::uuid[]) and state in ('WAITING', 'SENT'))
  with check (state in ('UNDONE', 'WITHDRAWN'));
grant update (state, withdrawn_at, title, body) on broadcast to {{request}};
revoke update on broadcast from {{worker}};
grant update (state, sent_at, recipient_count, told_up_to, is_told) on broadcast to {{worker}};

create function keep_what_was_withdrawn() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into broadcast_withdrawn (broadcast_id, title, body) values (old.id, old.title, old.body);
  return null;
end $$;
create trigger broadcast_keeps_what_it_said after update of state on broadcast
  for each row when (new.state = 'WITHDRAWN') execute function keep_what_was_withdrawn();
drop policy of_the_service on broadcast_withdrawn;
revoke insert on broadcast_withdrawn from {{worker}};
create policy of_the_owner on broadcast_withdrawn to {{owner}} using (true) with check (true);

-- What staff move to a case is the leader's to look at in the archive, as a form that hints at bullying is (SKM-03, MSG-20).
alter table safety_concern add column cause text not null default 'CONTACT_FORM' check (cause in ('CONTACT_FORM', 'MOVED_MESSAGE'));

-- What a message said that was moved is kept until the archive has it, and no longer (MSG-12, RET-02).
alter table put_away add column entry_id uuid;
create index put_away_entry on put_away (entry_id) where entry_id is not null;
create function keep_until_filed(wanted uuid, entry uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  update put_away set entry_id = entry where message_id = wanted and why = 'MOVED';
$$;
create function forget_filed() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from put_away where entry_id = new.entry_id;
  return null;
end $$;
create trigger archive_entry_is_filed after update of filed_at on archive_entry
  for each row when (new.filed_at is not null) execute function forget_filed();
revoke all on function keep_until_filed(uuid, uuid) from public;
grant execute on function keep_until_filed(uuid, uuid) to {{worker}};

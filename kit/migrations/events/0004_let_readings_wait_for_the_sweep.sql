-- What staff have read is told for the log, for which a second is soon: the relay takes it along with what wakes it or when
-- it sweeps, many at once. Waking it for each would be a round of its own for every page that staff look at.
create or replace function notify_outbox() returns trigger language plpgsql as $$
begin
  if exists (select from told where type not like '%.child.read.v%') then
    perform pg_notify('outbox', '');
  end if;
  return null;
end $$;
drop trigger outbox_notify on outbox;
create trigger outbox_notify after insert on outbox referencing new table as told
  for each statement execute function notify_outbox();

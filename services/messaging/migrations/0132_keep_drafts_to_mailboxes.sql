-- A thread may be begun to everybody who works with the group (M27), and so may a draft of one.
alter table draft add column to_mailbox boolean not null default false,
  add constraint draft_to_mailbox_begins_a_thread check (not to_mailbox or kind = 'THREAD');
grant insert (to_mailbox), update (to_mailbox) on draft to {{request}};

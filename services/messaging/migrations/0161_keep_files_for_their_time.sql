-- Files of their author's own that wait with a draft, to go with it when its time comes (M44).
alter table draft add column attachment_ids uuid[] not null default '{}' check (cardinality(attachment_ids) <= 10),
  add constraint draft_files_go_with_a_message check (kind <> 'BROADCAST' or attachment_ids = '{}');
create index draft_files on draft using gin (attachment_ids) where attachment_ids <> '{}';
grant update (attachment_ids) on draft to {{request}};
grant select (attachment_ids) on draft to {{worker}};

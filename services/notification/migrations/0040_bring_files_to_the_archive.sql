-- What opens the files of an entry, sealed as it came; their content lies where whoever told the entry keeps files.
alter table archive_entry
  add column files jsonb not null default '[]',
  add constraint archive_entry_lets_go_of_files check (sealed is not null or files = '[]');

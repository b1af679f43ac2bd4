-- What whoever asks has a ground for was worked out anew for each row that a function compared with it.
-- Worked out once, it is the same.
do $$
declare
  made text;
begin
  for made in
    select regexp_replace(
      regexp_replace(pg_get_functiondef(p.oid), 'any \(((access\.)?[a-z_]*seats\(\))\)', 'any ((select \1)::text[])', 'g'),
      'any \(((access\.)?[a-z_]+\(\))\)', 'any ((select \1)::uuid[])', 'g')
    from pg_proc p join pg_language l on l.oid = p.prolang and l.lanname = 'sql'
    where p.pronamespace = 'public'::regnamespace and p.prosrc ~ 'any \((access\.)?[a-z_]+\(\)\)'
  loop
    execute made;
  end loop;
end $$;

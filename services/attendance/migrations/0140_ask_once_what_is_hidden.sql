-- As before; what is hidden is asked once.
do $$
begin
  execute regexp_replace(pg_get_functiondef('absence_for_statistics'::regproc), '<> all \(units_hidden\(\)\)',
    '<> all ((select units_hidden())::uuid[])');
end $$;

-- What came on paper is entered by a case worker, with the day that it came (P26): the first receipt of it, and no other. From then on it is an
-- application like any other, which the guardians see and change. Nobody enters anything for their own child, nor for a protected one (GUA-24, ADR-04).
create policy by_a_case_worker on placement_application for insert to {{request}} with check (
  origin = 'PAPER' and drafted_under is null and written_by = (select access.person())
  and 'CASE_WORKER' = any ((select access.municipal())::text[])
  and child_id <> all ((select children_case_workers_do_not_meet())::uuid[])
  and round_id = any ((select rounds_taking_applications())::uuid[]));
create policy by_a_case_worker on application_receipt for insert to {{request}} with check (
  origin = 'PAPER' and version = 2 and received_by = (select access.person())
  and 'CASE_WORKER' = any ((select access.municipal())::text[])
  and child_id <> all ((select children_case_workers_do_not_meet())::uuid[]));
grant insert (origin) on placement_application to {{request}};

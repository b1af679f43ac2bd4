-- Whoever works with admission does not meet their own child there, and the protected are met by officers alone: as with applications
-- (GUA-24, ADR-04).
alter policy of_a_case_worker on child_facts using (
  'CASE_WORKER' = any ((select access.municipal())::text[])
  and child_id <> all ((select children_case_workers_do_not_meet())::uuid[]));
alter policy of_a_protection_officer on child_facts using (child_id = any ((select children_of_officers())::uuid[]));

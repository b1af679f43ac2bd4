-- Of `<@` with what is known at run time alone the planner believes that one row in two hundred passes: it read and sorted a whole
-- inbox for a page of it. Nearly every row passes. What it can say nothing about it takes for half, which is enough to walk the
-- index; what passes is the same.
alter policy of_a_guardian on inbox_entry using (
  person_id = (select access.person()) and capacity = 'guardian'
  and coalesce(child_ids <@ ((select access.children())::uuid[]), false));
alter policy of_the_staff on inbox_entry using (
  person_id = (select access.person()) and capacity = 'staff'
  and coalesce(seats <@ ((select mail_seats())::text[]), false));
alter policy of_a_guardian on thread using (
  (select access.person()) = any (home_readers) and coalesce(child_ids <@ ((select access.children())::uuid[]), false)
  and not is_held);
alter policy of_the_staff on thread using (coalesce(seats <@ ((select mail_seats())::text[]), false));
alter policy of_a_guardian on message using (
  (select access.person()) = any (home_readers) and coalesce(child_ids <@ ((select access.children())::uuid[]), false)
  and state <> 'HELD');
alter policy of_the_staff on message using (coalesce(seats <@ ((select mail_seats())::text[]), false));

-- Whoever decides is told of each objection by a notice of its own, which goes out no more once it is decided (LEA-07).
alter table leave_objection add notice_id uuid not null unique default uuidv7();
create policy of_the_service on leave_objection for select to {{worker}} using (true);
grant select (leave_id, notice_id) on leave_objection to {{worker}};

-- The notice that reminds of a slip or an event that is due, once that has been told (M37).
alter table unit_event add column reminder_id uuid;
create index unit_event_due on unit_event (answer_until) where reminder_id is null and withdrawn_at is null;
create policy of_the_service on unit_event to {{worker}} using (true) with check (true);
create policy of_the_service on unit_event_invitation for select to {{worker}} using (true);
create policy of_the_service on unit_event_answer for select to {{worker}} using (true);
grant select, update (reminder_id) on unit_event to {{worker}};
grant select on unit_event_invitation, unit_event_answer to {{worker}};

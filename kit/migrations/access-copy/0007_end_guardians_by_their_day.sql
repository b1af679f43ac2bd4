-- The first day on which a guardian has no access any more, as identity tells it: the child's eighteenth birthday, or the day
-- that a decision of staff runs out. It counts from midnight in Norway, whether or not identity has told the end itself by
-- then (GUA-14, GUA-05). Null: none is known.
alter table access.guardian add column ends_on date;

create or replace function access.clock() returns timestamptz language sql stable parallel safe as $$ select now() $$;
create or replace function access.today() returns date language sql stable parallel safe
  as $$ select (access.clock() at time zone 'Europe/Oslo')::date $$;

-- Whoever is past their day is not there: for requests, and for access.enter, which works out what requests see.
alter policy of_enter on access.guardian using (ends_on is null or ends_on > (select access.today()));
alter policy own on access.guardian using (
  person_id = (select access.person()) and (ends_on is null or ends_on > (select access.today())));

-- What a copy has been told so far says no day.
update access.copy_state set is_asking = true where position > 0;

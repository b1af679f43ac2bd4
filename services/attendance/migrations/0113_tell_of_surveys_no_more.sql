-- Whom a survey asks about and of whom not every day has been answered; of none who is protected (S-08).
create function survey_unanswered(survey uuid) returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(distinct place.child_id), '{}') from holiday_survey asks
  join access.enrolment place on place.unit_id = asks.unit_id
    and (cardinality(asks.group_ids) = 0 or place.group_ids && asks.group_ids)
  cross join lateral unnest(asks.days) as asked_on(asked_day)
  where asks.id = survey
    and place.from_day <= asked_day and (place.to_day is null or asked_day < place.to_day)
    and not exists (select from access.enrolment other where other.child_id = place.child_id and other.named_staff is not null)
    and not exists (select from holiday_answer answer
      where answer.survey_id = asks.id and answer.child_id = place.child_id and answer.day = asked_day)
$$;
revoke all on function survey_unanswered(uuid) from public;
grant execute on function survey_unanswered(uuid) to {{worker}};

-- Guardians of a child who have answered for all of theirs, both of them together: for whoever has answered just now, so that what has not
-- gone out to the other one does not go out any more. Nobody is told of them.
create function survey_answered_by(survey uuid, child uuid) returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(g.person_id order by g.person_id), '{}') from access.guardian g
  where g.child_id = child
    and (child = any ((select access.children())::uuid[]) or exists (
      select from holiday_survey asks where asks.id = survey and child || ':' || asks.unit_id = any ((select access.seats())::text[])))
    and not exists (select from access.enrolment e where e.child_id = child and e.named_staff is not null)
    and not exists (select from access.guardian of_other
      where of_other.person_id = g.person_id and of_other.child_id = any ((select survey_unanswered(survey))::uuid[]))
$$;
revoke all on function survey_answered_by(uuid, uuid) from public;
grant execute on function survey_answered_by(uuid, uuid) to {{request}};

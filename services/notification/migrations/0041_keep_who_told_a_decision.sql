-- Others than identity decide, too; and some decisions are about a child, by whom their receiver must still be told when they are
-- sent (GUA-10).
alter table decision
  add column source text not null default 'identity',
  add column child_id uuid;

-- Whether the letter of a decision may go by itself: to nobody who has lost the child, and of nobody who is protected (S-08).
create function children_of_decision(of_letter uuid) returns uuid[] language sql stable as $$
  select coalesce(array_agg(d.child_id), '{}') from decision d where d.decision_id = of_letter and d.child_id is not null
$$;
alter policy not_protected on letter with check (
  address is null or not is_shielded(person_id, children_of_decision(decision_id)));

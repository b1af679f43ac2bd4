-- Of a wish for the unit where a child has its place already, and stays: nothing was offered, and nothing refused.
alter table wish_outcome drop constraint wish_outcome_outcome_check,
  add constraint wish_outcome_outcome_check check (outcome in ('OFFERED', 'NOT_NEEDED', 'REJECTED', 'BY_HAND', 'HAS_PLACE'));

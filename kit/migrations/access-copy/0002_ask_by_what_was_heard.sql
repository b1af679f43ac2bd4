alter table access.copy_state
  -- Set to have everything told once more, as after a dead letter about somebody; the copy stays open meanwhile.
  add column is_asking boolean not null default false,
  -- The last event that was heard while the copy was whole, and its place: identity knows by it whether both remember the
  -- same (S-27).
  add column whole_place bigint,
  add column whole_event_id uuid;

-- Hardly anything is ever hidden, and every reading asks: for what is, and not for all that is not. What could not be taken
-- in stays as a row that is closed and hidden, so that this is as sure.
create index feature_hidden on access.feature (feature, unit_id) where not is_readable;
create index feature_unit on access.feature (unit_id);
create function access.units_hidden(wanted text) returns uuid[] language sql stable
  as $$ select coalesce(array_agg(unit_id), '{}') from access.feature where feature = wanted and not is_readable $$;

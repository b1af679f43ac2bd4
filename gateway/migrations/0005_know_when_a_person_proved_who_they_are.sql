-- When the person proved to the issuer who they are, by its `auth_time`: a single sign-on session answers a new login with the
-- morning's. Null for sessions from before this and at shared tablets, of which none is fresh.
alter table session add column auth_time timestamptz;
-- How long ago that may be, where the issuer was asked for a proof of now.
alter table login add column max_age_seconds integer;

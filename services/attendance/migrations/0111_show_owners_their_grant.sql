-- So that the service itself says whether an address stands, where row-level security does not (S-12).
grant select (grant_id) on days_feed to {{request}};

-- By which first names children are called in notices, as it was told last to whoever sends: for guardians who have asked for that,
-- and never of or to anybody who is protected (N16, MSG-14, ADR-07).
create table notice_name (
  person_id uuid not null references person on delete cascade,
  child_id uuid not null references person on delete cascade,
  given text not null,
  primary key (person_id, child_id)
);
create index notice_name_child on notice_name (child_id);
create index person_settings_naming on person_settings (person_id) where names_child and capacity = 'guardian';

alter table notice_name enable row level security;
alter table notice_name force row level security;
create policy of_the_owner on notice_name to {{owner}} using (true) with check (true);
create policy of_the_service on notice_name to {{worker}} using (true) with check (true);
grant select, insert, update, delete on notice_name to {{worker}};

-- Of whom guardians may be told by name at this moment.
create view nameable with (security_invoker = true) as
  select distinct s.person_id, g.child_id, left(btrim(c.given), 60) as given
  from person_settings s
  join access_grant g on g.person_id = s.person_id and g.state = 'ACTIVE'
    and (g.ends_on is null or access.today() < g.ends_on)
  join person p on p.person_id = s.person_id
  join person c on c.person_id = g.child_id
  where s.names_child and s.capacity = 'guardian' and btrim(c.given) <> ''
    and greatest(protection_rank(p.protection), protection_rank(p.held_protection)) < protection_rank('FORTROLIG')
    and greatest(protection_rank(c.protection), protection_rank(c.held_protection)) < protection_rank('FORTROLIG');
grant select on nameable to {{worker}};

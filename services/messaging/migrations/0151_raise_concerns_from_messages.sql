-- Whoever works at a school tells its leader of what they come to know (SKM-01): from a message that they read, without a text.
alter table safety_concern drop constraint safety_concern_cause_check;
alter table safety_concern add constraint safety_concern_cause_check
  check (cause in ('CONTACT_FORM', 'MOVED_MESSAGE', 'STAFF_REPORT'));

-- That somebody has raised one, so that the same sent twice is the same. It names neither the message nor the concern.
create table concern_report (
  raised_by uuid not null,
  idempotency_key text not null check (length(idempotency_key) between 1 and 64),
  raised_at timestamptz not null default now(),
  primary key (raised_by, idempotency_key)
);
alter table concern_report enable row level security;
alter table concern_report force row level security;
create policy of_the_service on concern_report to {{worker}} using (true) with check (true);
grant select, insert, update, delete on concern_report to {{worker}};

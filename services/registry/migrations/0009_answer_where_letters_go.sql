-- Letters whose address whoever sends them has asked for, until the register has said it. No address is kept.
create table address_order (
  letter_id uuid primary key,
  person_id uuid not null,
  due_at timestamptz not null default now(),
  attempt integer not null default 0
);
create index address_order_due on address_order (due_at);
create index address_order_person on address_order (person_id);

alter table address_order enable row level security;
alter table address_order force row level security;
create policy of_the_service on address_order to {{worker}} using (true) with check (true);
grant select, insert, update, delete on address_order to {{worker}};

-- For whom a place is to be applied for: whether they live in this municipality is read too, and of nobody else (BHG-03).
alter table followed_person add column with_residence boolean not null default false;

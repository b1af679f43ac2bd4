-- What is about a protected child is held until a named person has let this very notice go (S-08). Whoever is protected themself gets
-- nothing by itself all the same, and what waits when somebody's protection goes up is dropped, released or not (ADR-12).
alter table notice add column is_released boolean not null default false;

create function is_held_back(who uuid, children uuid[], released boolean) returns boolean language sql stable as $$
  select case when released then exists (select from protected_person p where p.person_id = who)
    else is_shielded(who, children) end
$$;

alter policy with_a_ground on delivery with check (exists (
  select from notice n where n.notice_id = delivery.notice_id and n.person_id = delivery.person_id
    and may_be_told(n.person_id, n.capacity, n.child_ids) and not is_held_back(n.person_id, n.child_ids, n.is_released)));
alter policy with_a_ground_still on delivery with check (
  state <> 'SENDING' or exists (
    select from notice n where n.notice_id = delivery.notice_id and n.person_id = delivery.person_id
      and may_be_told(n.person_id, n.capacity, n.child_ids) and not is_held_back(n.person_id, n.child_ids, n.is_released)));

-- What was written or decided about leave, sealed for whoever brings it to the archive, until the archive has it (RET-02). Nobody here can
-- open it. It stays when the child goes: what was told to the archive is the archive's.
create table leave_entry (
  entry_id uuid primary key,
  leave_id uuid not null,
  act text not null check (act in ('APPLIED', 'OBJECTED', 'DECIDED', 'WITHDRAWN', 'COMPLAINED', 'FORWARDED')),
  sealed text,
  told_at timestamptz not null default now(),
  filed_at timestamptz,
  archive_id text,
  check ((sealed is null) = (filed_at is not null))
);
create index leave_entry_leave on leave_entry (leave_id);
create index leave_entry_unheard on leave_entry (told_at) where filed_at is null;
alter table leave_entry enable row level security;
alter table leave_entry force row level security;
create policy of_the_owner on leave_entry to {{owner}} using (true) with check (true);
create policy of_the_service on leave_entry to {{worker}} using (true) with check (true);
grant select, insert (entry_id, leave_id, act, sealed), update (sealed, told_at, filed_at, archive_id) on leave_entry to {{worker}};

-- For the service alone, which otherwise reads nothing of leave: cases of which the archive has everything, and what tells whether they are over.
create function archived_leaves() returns table (facts jsonb)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select jsonb_build_object('leaveId', l.id, 'state', l.state, 'lastDay', l.last_day, 'decidedAt', l.decided_at, 'lastDecision', last.nth,
    'openedAt', (select coalesce(jsonb_agg(letter.opened_at), '[]') from leave_letter letter
      where letter.leave_id = l.id and letter.nth = last.nth),
    'complaints', (select coalesce(jsonb_agg(jsonb_build_object('nth', c.nth, 'forwardedAt', f.forwarded_at)), '[]')
      from leave_complaint c left join leave_forwarding f on f.complaint_id = c.id where c.leave_id = l.id))
  from leave l cross join lateral (select max(d.nth) as nth from leave_decision d where d.leave_id = l.id) as last
  where exists (select from leave_text t where t.leave_id = l.id and t.part <> 'LETTER')
    and exists (select from leave_entry e where e.leave_id = l.id and e.act = 'APPLIED')
    and not exists (select from leave_entry e where e.leave_id = l.id and e.filed_at is null)
$$;
-- The letter stays as long as the child is here: it is what guardians have of it.
create function forget_leave_texts(of_leaves uuid[]) returns int
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with gone as (
    delete from leave_text t where t.leave_id = any (of_leaves) and t.part <> 'LETTER'
      and not exists (select from leave_entry e where e.leave_id = t.leave_id and e.filed_at is null)
    returning 1)
  select count(*)::int from gone
$$;
revoke all on function archived_leaves(), forget_leave_texts(uuid[]) from public;
grant execute on function archived_leaves(), forget_leave_texts(uuid[]) to {{worker}};

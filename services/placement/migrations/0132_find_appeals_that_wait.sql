-- Appeals that wait for whoever decides, longest first (BHG-17).
create index appeal_waiting on appeal (received_at, id) where state in ('RECEIVED', 'LATE', 'REJECTED', 'FORWARDED');

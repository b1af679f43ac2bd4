-- An id of another system may say more than it should, and outlives what came under it: the column holds its SHA-256 (RET-08).
update imported_thread set source_id = encode(sha256(convert_to(source_id, 'UTF8')), 'hex');
alter table imported_thread drop constraint imported_thread_source_id_check;
alter table imported_thread add constraint imported_thread_source_id_check check (source_id ~ '^[0-9a-f]{64}$');

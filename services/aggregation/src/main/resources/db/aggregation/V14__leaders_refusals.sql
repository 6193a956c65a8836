-- What the leader refused before it asked the helper: at the leader until the helper has been told, at the helper
-- for good, so that it writes each of them down once.
create table leader_refusals (
  collection_id uuid primary key,
  task_id bytea not null references tasks,
  refusal bytea not null,
  at timestamptz not null
);
alter table leader_refusals enable row level security;
create policy service on leader_refusals using (weir.is_service());
revoke update on leader_refusals from ${application};

-- Batches of leader-selected tasks. The newest one of a task is open: what is admitted goes into it.
create table batches (
  batch_id bytea primary key check (length(batch_id) = 32),
  task_id bytea not null references tasks,
  number bigint generated always as identity,
  begun_at timestamptz not null
);
create index on batches (task_id, number);
alter table batches enable row level security;
create policy service on batches using (weir.is_service());
revoke update, delete on batches from ${application};

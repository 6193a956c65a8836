-- The leader takes reports of a task once a marker has come back from all lanes of the helper. Those of older versions were
-- open from the first.
create table open_tasks (
  task_id bytea primary key references tasks,
  at timestamptz not null
);
alter table open_tasks enable row level security;
create policy service on open_tasks using (weir.is_service());
revoke update, delete on open_tasks from ${application};
insert into open_tasks (task_id, at) select task_id, now() from tasks;

-- Jobs that a foreign leader sent over HTTP, and the lanes' answers; shares that it asked for.
create table jobs (
  job_id uuid primary key,
  task_id bytea not null references tasks,
  request bytea not null,
  request_sha256 bytea not null check (length(request_sha256) = 32),
  sent boolean not null default false,
  abandoned boolean not null default false,
  made_at timestamptz not null
);
create unique index one_live_job on jobs (task_id, request_sha256) where not abandoned;
create index on jobs (made_at) where not sent;

create table job_answers (
  job_id uuid not null references jobs,
  report_id bytea not null check (length(report_id) = 16),
  answer bytea not null,
  primary key (job_id, report_id)
);

alter table collections add column over_http boolean not null default false;
comment on column collections.over_http is 'helper only: asked for by a foreign leader';

alter table jobs enable row level security;
alter table job_answers enable row level security;
create policy service on jobs using (weir.is_service());
create policy service on job_answers using (weir.is_service());

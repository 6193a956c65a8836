-- One aggregator's tasks and collections. Nobody but the service sees a row: tasks hold the verify
-- key's seed, lane shares are this operator's half of the secret.
create table tasks (
  task_id bytea primary key check (length(task_id) = 32),
  configuration bytea not null,
  terms text not null,
  verify_key_seed bytea not null check (length(verify_key_seed) = 32),
  set_up_by text not null,
  set_up_at timestamptz not null
);

create table collections (
  collection_id uuid primary key,
  task_id bytea not null references tasks,
  request bytea not null,
  batch bytea not null,
  asked_by text not null,
  asked_reports bigint,
  asked_checksum bytea,
  state text not null check (state in ('COUNTING', 'CLOSING', 'ASKING', 'DONE', 'FAILED')),
  problem text,
  detail text,
  reports bigint,
  first_time bigint,
  last_time bigint,
  own_share bytea,
  helper_share bytea,
  sent_at timestamptz,
  made_at timestamptz not null,
  ended_at timestamptz,
  abandoned boolean not null default false
);
comment on column collections.asked_reports is 'helper only: the leader''s count';
comment on column collections.own_share is 'noised and sealed for the collector';
create index on collections (task_id, state);
create index on collections (state) where state in ('COUNTING', 'CLOSING', 'ASKING');

create table lane_shares (
  collection_id uuid not null,
  kind text not null check (kind in ('COUNT', 'CLOSE')),
  lane int not null,
  share bytea not null,
  primary key (collection_id, kind, lane)
);

alter table tasks enable row level security;
alter table collections enable row level security;
alter table lane_shares enable row level security;
create policy service on tasks using (weir.is_service());
create policy service on collections using (weir.is_service());
create policy service on lane_shares using (weir.is_service());

-- A task never changes.
revoke update, delete on tasks from ${application};

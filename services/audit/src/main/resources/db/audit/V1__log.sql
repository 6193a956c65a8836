-- Every leaf with its index: the order of the log, and the source its files are written from.
create table audit.leaf (
  idx bigint primary key check (idx >= 0),
  leaf_id uuid not null unique,
  source text not null,
  readers text[] not null,
  kind text not null,
  contract_id uuid,
  at timestamptz not null,
  body bytea not null check (octet_length(body) between 1 and 65535)
);
create index leaf_of_contract on audit.leaf (contract_id, idx) where contract_id is not null;

alter table audit.leaf enable row level security;
create policy leaf_read on audit.leaf for select
  using (weir.is_service() or weir.has_role('auditor') or weir.party() = any (readers));
create policy leaf_append on audit.leaf for insert with check (weir.is_service());

-- Nobody changes or removes a leaf or forgets a checkpoint.
revoke update, delete on audit.leaf from ${application};

-- The sequencer of the last epoch is the only one that may write.
create table audit.sequencer (one boolean primary key default true check (one), epoch bigint not null);
insert into audit.sequencer (epoch) values (0);

-- Where reading audit.evidence goes on; moves with the leaves in one transaction.
create table audit.position (partition int primary key, next_offset bigint not null);

-- The second memory of what was signed.
create table audit.checkpoint (
  size bigint primary key check (size > 0),
  root bytea not null,
  twin_root bytea not null,
  published boolean not null
);
revoke delete on audit.checkpoint from ${application};

-- Messages that are no leaf: kept by place and reason, never by content.
create table audit.refused (
  partition int not null,
  at_offset bigint not null,
  reason text not null,
  at timestamptz not null default now(),
  primary key (partition, at_offset)
);

-- How long evidence is kept; a floor that rises only.
create table audit.retention (
  class text primary key,
  days int not null,
  set_by text not null,
  at timestamptz not null
);

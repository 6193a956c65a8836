-- What the custodian of sums keeps: what each adder said, once, and how each batch ended, once. Nobody but the
-- service sees a row; nothing here is ever shown to an adder.
create table adder_sums (
  task_id text not null,
  window_name text not null,
  group_name text not null,
  adder text not null,
  message_sha256 text not null,
  message bytea not null,
  primary key (task_id, window_name, group_name, adder)
);
comment on column adder_sums.message is 'statement and ciphertext; empty once the batch has ended';

create table outcomes (
  task_id text not null,
  window_name text not null,
  group_name text not null,
  state text not null check (state in ('KEPT', 'RELEASED', 'REFUSED')),
  statement_sha256 text not null,
  producers int not null,
  inputs int not null,
  noised text,
  reason text,
  leaf_id uuid,
  contract_id uuid not null,
  nano_rho bigint not null check (nano_rho >= 0),
  at timestamptz not null,
  primary key (task_id, window_name, group_name),
  check ((state = 'REFUSED') = (noised is null))
);
comment on column outcomes.nano_rho is 'charged to our own account of the contract; never given back';
create index on outcomes (contract_id);

create table refused_messages (
  task_id text not null,
  window_name text not null,
  group_name text not null,
  message_sha256 text not null,
  at timestamptz not null,
  primary key (task_id, window_name, group_name, message_sha256)
);

alter table adder_sums enable row level security;
alter table outcomes enable row level security;
alter table refused_messages enable row level security;
create policy service on adder_sums using (weir.is_service());
create policy service on outcomes using (weir.is_service());
create policy service on refused_messages using (weir.is_service());

-- An outcome is never taken back.
revoke delete on outcomes, adder_sums, refused_messages from ${application};

-- What this aggregator released, each batch content once. A retry of the same batch gets the same noised
-- share; the charges of a contract never come to more than its allotment, whatever the ledger of the
-- operation domain says besides.
create table releases (
  canonical bytea primary key check (length(canonical) = 32),
  task_id bytea not null references tasks,
  contract_id uuid not null,
  nano_rho bigint not null check (nano_rho > 0),
  noised_share bytea not null,
  at timestamptz not null
);
comment on column releases.canonical is 'SHA-256 over task, batch, number of reports and checksum';
create index on releases (contract_id);
alter table releases enable row level security;
create policy service on releases using (weir.is_service());
revoke update on releases from ${application};

alter table collections drop constraint collections_state_check;
alter table collections add constraint collections_state_check check (
  state in ('COUNTING', 'CLOSING', 'CHARGING', 'ASKING', 'REOPENING', 'DONE', 'FAILED'));
drop index collections_under_way;
create index collections_under_way on collections (state)
  where state in ('COUNTING', 'CLOSING', 'CHARGING', 'ASKING', 'REOPENING');

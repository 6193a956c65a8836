-- The ledger of an operation domain. What must always hold can be read off these tables alone:
--   spent <= allotted, and per lineage sum(allotted) = carved <= cap;
--   spent = sum(entries) per contract and lineage;
--   calls, charged_fen of an account = sums over its readings.
-- Nobody may delete a row; each service may change only the columns that are its part.

create table ledger.lineages (
  lineage_id uuid primary key,
  provider text not null,
  cap_nano_rho bigint not null,
  carved_nano_rho bigint not null default 0,
  cap_pico_delta bigint not null,
  carved_pico_delta bigint not null default 0,
  opened_at timestamptz not null,
  constraint carved_within_cap check (
    carved_nano_rho between 0 and cap_nano_rho and carved_pico_delta between 0 and cap_pico_delta)
);

create table ledger.cap_changes (
  number bigint generated always as identity primary key,
  lineage_id uuid not null references ledger.lineages,
  from_nano_rho bigint not null,
  to_nano_rho bigint not null,
  from_pico_delta bigint not null,
  to_pico_delta bigint not null,
  proposed_by text not null,
  approved_by text not null,
  at timestamptz not null,
  constraint two_persons check (proposed_by <> approved_by),
  constraint only_grows check (to_nano_rho >= from_nano_rho and to_pico_delta >= from_pico_delta)
);

create table ledger.accounts (
  contract_id uuid primary key,
  consumer text not null,
  parties text[] not null,
  per_call_fen bigint not null check (per_call_fen >= 0),
  per_rho_fen bigint not null check (per_rho_fen >= 0),
  free_calls bigint not null check (free_calls >= 0),
  ceiling_fen bigint not null check (ceiling_fen >= 0),
  calls bigint not null default 0,
  charged_fen bigint not null default 0,
  opened_at timestamptz not null,
  closed_at timestamptz,
  constraint within_ceiling check (charged_fen between 0 and ceiling_fen)
);

create table ledger.allotments (
  contract_id uuid not null references ledger.accounts,
  lineage_id uuid not null references ledger.lineages,
  allotted_nano_rho bigint not null,
  spent_nano_rho bigint not null default 0,
  allotted_pico_delta bigint not null,
  spent_pico_delta bigint not null default 0,
  primary key (contract_id, lineage_id),
  constraint spent_within_allotment check (
    spent_nano_rho between 0 and allotted_nano_rho
    and spent_pico_delta between 0 and allotted_pico_delta)
);
create index on ledger.allotments (lineage_id);

create table ledger.answers (
  request_id uuid primary key,
  contract_id uuid not null references ledger.accounts,
  canonical_sha256 text not null,
  data_versions text not null,
  answer text not null,
  answer_sha256 text not null,
  at timestamptz not null,
  constraint one_answer_per_query unique (contract_id, canonical_sha256, data_versions)
);
comment on column ledger.answers.data_versions is 'lineage=version, separated by commas, by lineage';

create table ledger.entries (
  request_id uuid not null references ledger.answers,
  contract_id uuid not null,
  lineage_id uuid not null,
  nano_rho bigint not null check (nano_rho >= 0),
  pico_delta bigint not null check (pico_delta >= 0),
  leaf_id uuid not null,
  at timestamptz not null,
  primary key (request_id, lineage_id),
  foreign key (contract_id, lineage_id) references ledger.allotments
);
create index on ledger.entries (contract_id, lineage_id);

-- ordinal numbers the calls of one rule from 1 without a gap: the newest is the count.
create table ledger.calls (
  contract_id uuid not null references ledger.accounts,
  rule text not null check (length(rule) <= 100),
  ordinal bigint not null check (ordinal > 0),
  request_id uuid not null references ledger.answers,
  at timestamptz not null,
  primary key (contract_id, rule, ordinal)
);

create table ledger.readings (
  number bigint generated always as identity primary key,
  contract_id uuid not null references ledger.accounts,
  request_id uuid not null references ledger.answers,
  kind text not null check (kind in ('CALL', 'CORRECTION')),
  calls bigint not null check (calls = case kind when 'CALL' then 1 else 0 end),
  nano_rho bigint not null,
  charged_fen bigint not null,
  reason text not null check (length(reason) <= 200),
  leaf_id uuid not null,
  at timestamptz not null
);
create index on ledger.readings (contract_id, number);
create unique index one_call_per_request on ledger.readings (request_id) where kind = 'CALL';

create table ledger.cohorts (
  number bigint generated always as identity primary key,
  request_id uuid not null references ledger.answers,
  contract_id uuid not null,
  party text not null,
  lineage_id uuid not null,
  data_version bigint not null,
  records bigint not null,
  descriptor text not null check (length(descriptor) <= 65536)
);
create index on ledger.cohorts (party, lineage_id, number);

-- Who sees what. The port acts as the service while it writes; whoever reads on behalf of a caller
-- sees the accounts that caller is a party of.
alter table ledger.lineages enable row level security;
alter table ledger.cap_changes enable row level security;
alter table ledger.accounts enable row level security;
alter table ledger.allotments enable row level security;
alter table ledger.answers enable row level security;
alter table ledger.entries enable row level security;
alter table ledger.calls enable row level security;
alter table ledger.readings enable row level security;
alter table ledger.cohorts enable row level security;

create policy service on ledger.lineages using (weir.is_service());
create policy service on ledger.cap_changes using (weir.is_service());
create policy service on ledger.accounts using (weir.is_service());
create policy service on ledger.allotments using (weir.is_service());
create policy service on ledger.answers using (weir.is_service());
create policy service on ledger.entries using (weir.is_service());
create policy service on ledger.calls using (weir.is_service());
create policy service on ledger.readings using (weir.is_service());
create policy service on ledger.cohorts using (weir.is_service());

create policy seen on ledger.lineages for select
  using (provider = weir.party() or weir.has_role('auditor'));
create policy seen on ledger.cap_changes for select
  using (exists (select from ledger.lineages l where l.lineage_id = cap_changes.lineage_id));
create policy seen on ledger.accounts for select
  using (weir.party() = any (parties) or weir.has_role('auditor'));
create policy seen on ledger.allotments for select
  using (exists (select from ledger.accounts a where a.contract_id = allotments.contract_id));
create policy seen on ledger.answers for select
  using (exists (select from ledger.accounts a
                 where a.contract_id = answers.contract_id and a.consumer = weir.party()));
create policy seen on ledger.entries for select
  using (exists (select from ledger.accounts a where a.contract_id = entries.contract_id));
create policy seen on ledger.calls for select
  using (exists (select from ledger.accounts a where a.contract_id = calls.contract_id));
create policy seen on ledger.readings for select
  using (exists (select from ledger.accounts a where a.contract_id = readings.contract_id));

grant select on ledger.lineages, ledger.cap_changes, ledger.accounts, ledger.allotments,
  ledger.entries, ledger.calls, ledger.readings to weir_space, weir_query, weir_audit;

grant insert on ledger.lineages, ledger.cap_changes, ledger.accounts, ledger.allotments
  to weir_space;
grant update (cap_nano_rho, carved_nano_rho, cap_pico_delta, carved_pico_delta)
  on ledger.lineages to weir_space;
grant update (closed_at) on ledger.accounts to weir_space;
grant update (allotted_nano_rho, allotted_pico_delta) on ledger.allotments to weir_space;

grant select on ledger.answers, ledger.cohorts to weir_query;
grant insert on ledger.answers, ledger.entries, ledger.calls, ledger.readings, ledger.cohorts
  to weir_query;
grant update (calls, charged_fen) on ledger.accounts to weir_query;
grant update (spent_nano_rho, spent_pico_delta) on ledger.allotments to weir_query;

-- Corrections of a bill.
grant insert on ledger.readings to weir_audit;
grant update (charged_fen) on ledger.accounts to weir_audit;

-- The control plane. Each thing is one row: the columns that policies, searches and clocks need, and
-- the whole thing as a JSON document. Who may see a row follows the parties of the thing, not only its
-- owner; a row one may not see does not exist for the transaction.

create table participants (
  credit_code text primary key,
  seq bigint generated always as identity unique,
  version bigint not null,
  active boolean not null,
  document text not null
);

-- A key id is taken once, for ever, by whoever first proved to hold the key.
create table participant_keys (
  key_id text primary key,
  credit_code text not null references participants,
  suite text not null,
  registered_at timestamptz not null
);

create table key_challenges (
  id uuid primary key,
  credit_code text not null references participants,
  suite text not null,
  public_key text not null,
  to_sign bytea not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

create table domains (
  id uuid primary key,
  seq bigint generated always as identity unique,
  version bigint not null,
  operator text not null references participants,
  implementing_body text not null references participants,
  status text not null,
  published boolean not null,
  term_end timestamptz not null,
  agreement bytea not null,
  document text not null
);
create index domains_open on domains (term_end) where status <> 'CLOSED';

create table lineages (
  id uuid primary key,
  owner text not null references participants,
  version bigint not null,
  document text not null
);

create table resources (
  id uuid primary key,
  seq bigint generated always as identity unique,
  version bigint not null,
  provider text not null references participants,
  operator text,
  lineage_id uuid not null references lineages,
  domain_id uuid references domains,
  status text not null,
  level int not null check (level between 1 and 5),
  document text not null
);
create index resources_of_domain on resources (domain_id);
create index resources_of_lineage on resources (lineage_id);

create table prohibitions (
  resource_id uuid primary key references resources,
  seq bigint generated always as identity unique,
  version bigint not null,
  provider text not null,
  listed boolean not null,
  document text not null
);

-- Every code ever assigned. Nobody can take a row away, so a code is never reused.
create table codes (
  code text primary key,
  kind text not null,
  holder uuid not null,
  assigned_at timestamptz not null
);

create table products (
  id uuid primary key,
  seq bigint generated always as identity unique,
  version bigint not null,
  resource_id uuid not null references resources,
  provider text not null references participants,
  operator text not null references participants,
  status text not null,
  audience text not null,
  kind text not null,
  level int not null,
  topic text not null,
  title text not null,
  document text not null
);
create index products_of_resource on products (resource_id);

create table contracts (
  id uuid primary key,
  seq bigint generated always as identity unique,
  version bigint not null,
  parties text[] not null,
  operator text not null,
  domain_id uuid not null references domains,
  status text not null,
  term_start timestamptz not null,
  term_end timestamptz not null,
  document text not null
);
create index contracts_live on contracts (term_end) where status in ('SIGNED', 'IN_PERFORMANCE');
create index contracts_of_party on contracts using gin (parties);

create table contract_rounds (
  contract_id uuid not null references contracts,
  round int not null,
  author text not null,
  subject text not null,
  at timestamptz not null,
  note text not null,
  terms bytea not null,
  terms_sha256 text not null,
  primary key (contract_id, round)
);

create table contract_signatures (
  contract_id uuid not null references contracts,
  party text not null,
  key_id text not null,
  signature text not null,
  subject text not null,
  at timestamptz not null,
  primary key (contract_id, party)
);

create table history (
  kind text not null,
  id text not null,
  version bigint not null,
  at timestamptz not null,
  step text not null,
  party text not null,
  subject text not null,
  readers text[] not null,
  document text not null,
  primary key (kind, id, version)
);

create table idempotency (
  party text not null,
  subject text not null,
  operation text not null,
  key text not null,
  request_sha256 text not null,
  response text,
  at timestamptz not null,
  primary key (party, subject, operation, key)
);

-- Schemas of topics: field names and types, no value of any record.
create table schemas (
  id int generated always as identity primary key,
  fingerprint text not null unique,
  text text not null
);

create table schema_versions (
  subject text not null,
  version int not null,
  schema_id int not null references schemas,
  at timestamptz not null,
  primary key (subject, version),
  unique (subject, schema_id)
);

-- What is history stays: the application may add to these and nothing else.
revoke update, delete, truncate on
  participant_keys, codes, contract_rounds, contract_signatures, history, schemas, schema_versions
  from ${application};
-- Nothing of the control plane is ever deleted by the application.
revoke delete, truncate on
  participants, key_challenges, domains, lineages, resources, prohibitions, products, contracts,
  idempotency
  from ${application};

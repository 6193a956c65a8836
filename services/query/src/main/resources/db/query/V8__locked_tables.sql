-- Lookups of records: a ticket is about released cells, or about the records of a data version that a contract lets its
-- consumer read one by one; only the former have an epoch.
ALTER TABLE query.he_tickets DROP CONSTRAINT he_tickets_contract_id_rollup_id_data_version_fkey;
ALTER TABLE query.lookup_keys DROP CONSTRAINT lookup_keys_contract_id_rollup_id_data_version_fkey;

ALTER TABLE query.he_tickets ADD COLUMN kind text NOT NULL DEFAULT 'SUM'
  CHECK (kind IN ('SUM', 'LOOKUP', 'KEYWORD', 'INDEX'));
UPDATE query.he_tickets SET kind = 'LOOKUP' WHERE parameter_set = 'lookup-4096-v1';
ALTER TABLE query.he_tickets ALTER COLUMN kind DROP DEFAULT;
ALTER TABLE query.he_tickets ADD COLUMN switching_keys text;
CREATE INDEX he_tickets_by_switching_keys ON query.he_tickets (party, switching_keys);

-- Entries locked under per-entry keys, as workers evaluate over them and auditors do it over; no secret.
CREATE TABLE query.locked_tables (
  contract_id  uuid NOT NULL,
  rollup_id    text NOT NULL CHECK (rollup_id ~ '^[0-9a-f]{32}$'),
  data_version bigint NOT NULL CHECK (data_version >= 1),
  terms        text NOT NULL,
  root         text NOT NULL CHECK (root ~ '^[0-9a-f]{64}$'),
  content      bytea NOT NULL,
  PRIMARY KEY (contract_id, rollup_id, data_version)
);
ALTER TABLE query.locked_tables ENABLE ROW LEVEL SECURITY;
ALTER TABLE query.locked_tables FORCE ROW LEVEL SECURITY;
CREATE POLICY locked_tables_of_service ON query.locked_tables USING (weir.is_service()) WITH CHECK (weir.is_service());

-- Switching keys by the digest of their bytes: uploaded once, named by questions. One that was dropped stays only where an
-- evaluation that used it may have to be done over.
CREATE TABLE query.switching_keys (
  party       text NOT NULL,
  sha256      text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  content     bytea NOT NULL,
  bytes       integer NOT NULL CHECK (bytes > 0),
  uploaded_at timestamptz NOT NULL,
  used_at     timestamptz NOT NULL,
  dropped_at  timestamptz,
  PRIMARY KEY (party, sha256)
);
ALTER TABLE query.switching_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE query.switching_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY switching_keys_of_service ON query.switching_keys USING (weir.is_service()) WITH CHECK (weir.is_service());

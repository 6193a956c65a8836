-- Keys under which the cells of an epoch are locked for lookups: secret, the domain's own, one for each epoch of a contract.
CREATE TABLE query.lookup_keys (
  contract_id  uuid NOT NULL,
  rollup_id    text NOT NULL,
  data_version bigint NOT NULL,
  seed         bytea NOT NULL CHECK (octet_length(seed) = 32),
  PRIMARY KEY (contract_id, rollup_id, data_version),
  FOREIGN KEY (contract_id, rollup_id, data_version) REFERENCES query.epochs
);

ALTER TABLE query.lookup_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE query.lookup_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY lookup_keys_service ON query.lookup_keys USING (weir.is_service()) WITH CHECK (weir.is_service());

-- Epochs of rollups: one data version under one contract, released once or refused once. The cells are those that were
-- released, noised or exact; the true ones are in no table.
CREATE TABLE query.epochs (
  contract_id   uuid NOT NULL,
  rollup_id     text NOT NULL CHECK (rollup_id ~ '^[0-9a-f]{32}$'),
  data_version  bigint NOT NULL CHECK (data_version >= 1),
  product_id    uuid NOT NULL,
  kind          text NOT NULL CHECK (kind IN ('EXACT', 'DP')),
  cells         integer NOT NULL CHECK (cells >= 1),
  width         integer NOT NULL CHECK (width >= 1),
  nano_rho      bigint NOT NULL CHECK (nano_rho >= 0),
  root          text NOT NULL,
  refusal       text,
  leaf_id       uuid NOT NULL,
  closed_at     timestamptz NOT NULL,
  PRIMARY KEY (contract_id, rollup_id, data_version)
);
CREATE TABLE query.epoch_tiles (
  contract_id   uuid NOT NULL,
  rollup_id     text NOT NULL,
  data_version  bigint NOT NULL,
  tile          integer NOT NULL CHECK (tile >= 0),
  content       bytea NOT NULL,
  PRIMARY KEY (contract_id, rollup_id, data_version, tile),
  FOREIGN KEY (contract_id, rollup_id, data_version) REFERENCES query.epochs
);

ALTER TABLE query.epochs ENABLE ROW LEVEL SECURITY;
ALTER TABLE query.epochs FORCE ROW LEVEL SECURITY;
CREATE POLICY epochs_of_service ON query.epochs USING (weir.is_service()) WITH CHECK (weir.is_service());
ALTER TABLE query.epoch_tiles ENABLE ROW LEVEL SECURITY;
ALTER TABLE query.epoch_tiles FORCE ROW LEVEL SECURITY;
CREATE POLICY epoch_tiles_of_service ON query.epoch_tiles USING (weir.is_service()) WITH CHECK (weir.is_service());

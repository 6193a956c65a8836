-- What a consumer was shown of exact cells before, under whichever contract: the consumer of an epoch, and beside its cells
-- how many records had a value of each measure when a cell was counted. The latter never leaves.
ALTER TABLE query.epochs ADD COLUMN consumer text;
CREATE INDEX epochs_shown ON query.epochs (rollup_id, consumer) WHERE kind = 'EXACT' AND refusal IS NULL;

CREATE TABLE query.epoch_presence (
  contract_id   uuid NOT NULL,
  rollup_id     text NOT NULL,
  data_version  bigint NOT NULL,
  tile          integer NOT NULL CHECK (tile >= 0),
  content       bytea NOT NULL,
  PRIMARY KEY (contract_id, rollup_id, data_version, tile),
  FOREIGN KEY (contract_id, rollup_id, data_version) REFERENCES query.epochs
);
ALTER TABLE query.epoch_presence ENABLE ROW LEVEL SECURITY;
ALTER TABLE query.epoch_presence FORCE ROW LEVEL SECURITY;
CREATE POLICY epoch_presence_of_service ON query.epoch_presence USING (weir.is_service()) WITH CHECK (weir.is_service());

-- Encrypted questions over released cells. A ticket is the decision and the nonce; its question is taken once.
CREATE TABLE query.he_tickets (
  id              uuid PRIMARY KEY,
  contract_id     uuid NOT NULL,
  product_id      uuid NOT NULL,
  provider        text NOT NULL,
  party           text NOT NULL,
  subject         text NOT NULL,
  rollup_id       text NOT NULL,
  data_version    bigint NOT NULL,
  parameter_set   text NOT NULL,
  cells           integer NOT NULL,
  width           integer NOT NULL,
  cell_bits       integer NOT NULL,
  root            text NOT NULL,
  decision_leaf   uuid NOT NULL,
  rule            text NOT NULL,
  bundle          text NOT NULL,
  limits          text NOT NULL,
  created_at      timestamptz NOT NULL,
  expires_at      timestamptz NOT NULL,
  status          text NOT NULL CHECK (status IN ('OPEN', 'ASKED', 'RUNNING', 'DONE', 'FAILED')),
  key_id          text,
  question_sha256 text,
  question        bytea,
  asked_at        timestamptz,
  reply           bytea,
  ended_at        timestamptz,
  result_sha256   text,
  release_leaf    uuid,
  problem         text,
  FOREIGN KEY (contract_id, rollup_id, data_version) REFERENCES query.epochs
);
CREATE INDEX he_tickets_by_key ON query.he_tickets (party, key_id);

ALTER TABLE query.he_tickets ENABLE ROW LEVEL SECURITY;
ALTER TABLE query.he_tickets FORCE ROW LEVEL SECURITY;
CREATE POLICY he_tickets_seen ON query.he_tickets FOR SELECT USING (party = weir.party() OR weir.is_service());
CREATE POLICY he_tickets_made ON query.he_tickets FOR INSERT WITH CHECK (weir.is_service());
CREATE POLICY he_tickets_changed ON query.he_tickets FOR UPDATE USING (weir.is_service()) WITH CHECK (weir.is_service());

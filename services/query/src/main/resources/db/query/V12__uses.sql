-- Uses of products other than by SQL: encrypted questions and lookups, and each release of cells. A provider sees those of
-- its products. A ticket that nobody has asked with is no use yet (OPEN).
CREATE TABLE query.uses (
  id           uuid PRIMARY KEY,
  kind         text NOT NULL CHECK (kind IN ('CELLS', 'SUM', 'ONE_HOT', 'LOOKUP', 'KEYWORD', 'INDEX')),
  contract_id  uuid NOT NULL,
  product_id   uuid NOT NULL,
  provider     text NOT NULL,
  consumer     text NOT NULL,
  purpose      text NOT NULL,
  status       text NOT NULL CHECK (status IN ('OPEN', 'ACCEPTED', 'DONE', 'REFUSED', 'FAILED')),
  decision     text NOT NULL,
  rule         text NOT NULL,
  nano_rho     bigint NOT NULL DEFAULT 0 CHECK (nano_rho >= 0),
  fen          bigint NOT NULL DEFAULT 0 CHECK (fen >= 0),
  receipt_leaf uuid,
  created_at   timestamptz NOT NULL,
  finished_at  timestamptz
);
CREATE INDEX uses_by_provider ON query.uses (provider, created_at DESC, id DESC);
CREATE INDEX uses_by_consumer ON query.uses (consumer, created_at DESC, id DESC);
CREATE INDEX uses_by_contract ON query.uses (contract_id, created_at DESC, id DESC);

ALTER TABLE query.uses ENABLE ROW LEVEL SECURITY;
ALTER TABLE query.uses FORCE ROW LEVEL SECURITY;
CREATE POLICY uses_seen ON query.uses FOR SELECT
  USING (provider = weir.party() OR consumer = weir.party() OR weir.has_role('auditor') OR weir.is_service());
CREATE POLICY uses_made ON query.uses FOR INSERT WITH CHECK (weir.is_service());
CREATE POLICY uses_changed ON query.uses FOR UPDATE USING (weir.is_service()) WITH CHECK (weir.is_service());

ALTER TABLE query.epochs ADD COLUMN lineage_id uuid;

-- Queries and their outcomes. The consumer sees its own, a provider sees the uses of its products, an auditor all.
CREATE TABLE query.queries (
  id             uuid PRIMARY KEY,
  seq            bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  request_key    text NOT NULL,
  contract_id    uuid NOT NULL,
  party          text NOT NULL,
  providers      text[] NOT NULL,
  products       uuid[] NOT NULL,
  subject        text NOT NULL,
  purpose        text NOT NULL,
  sql_text       text NOT NULL,
  canonical_sha  text,
  status         text NOT NULL CHECK (status IN ('ACCEPTED','RUNNING','DONE','REFUSED','FAILED','CANCELLED')),
  decision       text,
  rule           text,
  nano_rho       bigint NOT NULL DEFAULT 0 CHECK (nano_rho >= 0),
  fen            bigint NOT NULL DEFAULT 0 CHECK (fen >= 0),
  answer         jsonb,
  refusal        jsonb,
  receipt_leaf   uuid,
  created_at     timestamptz NOT NULL,
  finished_at    timestamptz,
  UNIQUE (party, request_key)
);
CREATE INDEX queries_by_contract ON query.queries (contract_id, seq DESC);
CREATE INDEX queries_by_party ON query.queries (party, seq DESC);
CREATE INDEX queries_by_provider ON query.queries USING gin (providers);

ALTER TABLE query.queries ENABLE ROW LEVEL SECURITY;
ALTER TABLE query.queries FORCE ROW LEVEL SECURITY;
CREATE POLICY queries_seen ON query.queries FOR SELECT
  USING (party = weir.party() OR weir.party() = ANY (providers) OR weir.has_role('auditor') OR weir.is_service());
CREATE POLICY queries_made ON query.queries FOR INSERT WITH CHECK (party = weir.party() OR weir.is_service());
CREATE POLICY queries_changed ON query.queries FOR UPDATE
  USING (party = weir.party() OR weir.is_service()) WITH CHECK (party = weir.party() OR weir.is_service());

-- Sources: what a provider uploaded. The file, its profile and every value stay in the domain's
-- directory; here are ids, counts and digests only. Nobody but the provider sees a source.
CREATE TABLE intake.sources (
  id             uuid PRIMARY KEY,
  seq            bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  request_key    text NOT NULL,
  provider       text NOT NULL,
  subject        text NOT NULL,
  name           text NOT NULL,
  bytes          bigint NOT NULL CHECK (bytes >= 0),
  sha256         text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  format         text NOT NULL CHECK (format IN ('CSV', 'PARQUET')),
  status         text NOT NULL CHECK (status IN ('UPLOADED', 'PROFILING', 'PROFILED', 'UNREADABLE')),
  reading        jsonb NOT NULL,
  columns        jsonb,
  total_rows     bigint,
  profile_sha256 text,
  fault          text,
  created_at     timestamptz NOT NULL,
  UNIQUE (provider, request_key)
);
CREATE INDEX sources_by_provider ON intake.sources (provider, seq DESC);

-- Runs: one source streamed into one resource. The provider and the domain's operator see a run; its
-- quality report is for the provider (the service leaves it out for others).
CREATE TABLE intake.runs (
  id               uuid PRIMARY KEY,
  seq              bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  request_key      text NOT NULL,
  provider         text NOT NULL,
  operator         text NOT NULL,
  subject          text NOT NULL,
  resource_id      uuid NOT NULL,
  domain_id        uuid NOT NULL,
  lineage_id       uuid NOT NULL,
  source_id        uuid NOT NULL REFERENCES intake.sources (id),
  source_sha256    text NOT NULL,
  spec             jsonb NOT NULL,
  source_schema    jsonb NOT NULL,
  data_version     bigint NOT NULL CHECK (data_version >= 1),
  status           text NOT NULL CHECK (status IN ('QUEUED', 'RUNNING', 'SEALED', 'FAILED', 'CANCELLED')),
  cancel_requested boolean NOT NULL DEFAULT false,
  start_offsets    bigint[],
  end_offsets      bigint[],
  accepted         bigint NOT NULL DEFAULT 0 CHECK (accepted >= 0),
  rejected         bigint NOT NULL DEFAULT 0 CHECK (rejected >= 0),
  total_rows       bigint,
  quality          jsonb,
  quality_sha256   text,
  problem          text,
  detail           text,
  created_at       timestamptz NOT NULL,
  started_at       timestamptz,
  finished_at      timestamptz,
  UNIQUE (provider, request_key)
);
CREATE INDEX runs_by_provider ON intake.runs (provider, seq DESC);
CREATE UNIQUE INDEX runs_one_active_per_resource ON intake.runs (resource_id) WHERE status IN ('QUEUED', 'RUNNING');
CREATE UNIQUE INDEX runs_one_per_version ON intake.runs (resource_id, data_version) WHERE status = 'SEALED';

ALTER TABLE intake.sources ENABLE ROW LEVEL SECURITY;
ALTER TABLE intake.sources FORCE ROW LEVEL SECURITY;
CREATE POLICY sources_own ON intake.sources
  USING (provider = weir.party() OR weir.is_service())
  WITH CHECK (provider = weir.party() OR weir.is_service());

ALTER TABLE intake.runs ENABLE ROW LEVEL SECURITY;
ALTER TABLE intake.runs FORCE ROW LEVEL SECURITY;
CREATE POLICY runs_seen ON intake.runs FOR SELECT
  USING (provider = weir.party() OR operator = weir.party() OR weir.has_role('auditor') OR weir.is_service());
CREATE POLICY runs_made ON intake.runs FOR INSERT
  WITH CHECK (provider = weir.party() OR weir.is_service());
CREATE POLICY runs_changed ON intake.runs FOR UPDATE
  USING (provider = weir.party() OR weir.is_service())
  WITH CHECK (provider = weir.party() OR weir.is_service());

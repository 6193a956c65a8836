-- Which running service a query belongs to. A service renews its lease while it lives; only queries
-- whose owner's lease is over were broken off.
CREATE TABLE query.instances (
  id          uuid PRIMARY KEY,
  alive_until timestamptz NOT NULL
);

ALTER TABLE query.queries ADD COLUMN owner uuid;
CREATE INDEX queries_unfinished ON query.queries (owner) WHERE status IN ('ACCEPTED', 'RUNNING');

-- What a repeated request key is compared with: everything the caller sent.
ALTER TABLE query.queries ADD COLUMN request_sha256 text NOT NULL DEFAULT '';

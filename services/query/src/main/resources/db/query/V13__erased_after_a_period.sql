-- Nothing outlives what it is for: the seed of a locked table, its records, questions, replies and switching keys are erased;
-- the rows stay, so that a seed is not drawn a second time, and digests are still found.
ALTER TABLE query.lookup_keys ALTER COLUMN seed DROP NOT NULL;
ALTER TABLE query.lookup_keys ADD COLUMN erased_at timestamptz;
ALTER TABLE query.lookup_keys ADD CONSTRAINT lookup_keys_erased CHECK ((seed IS NULL) = (erased_at IS NOT NULL));

ALTER TABLE query.locked_tables ALTER COLUMN content DROP NOT NULL;

ALTER TABLE query.he_tickets ADD COLUMN stored_bytes bigint NOT NULL DEFAULT 0 CHECK (stored_bytes >= 0);
UPDATE query.he_tickets
  SET stored_bytes = coalesce(octet_length(question), 0) + coalesce(octet_length(reply), 0);
CREATE INDEX he_tickets_stored ON query.he_tickets (party) INCLUDE (stored_bytes) WHERE stored_bytes > 0;
CREATE INDEX he_tickets_by_table ON query.he_tickets (contract_id, rollup_id, data_version);

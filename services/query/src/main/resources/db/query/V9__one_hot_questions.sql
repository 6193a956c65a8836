-- Questions about a few hidden cells, by one ciphertext that is expanded where it is evaluated.
ALTER TABLE query.he_tickets DROP CONSTRAINT he_tickets_kind_check;
ALTER TABLE query.he_tickets ADD CONSTRAINT he_tickets_kind_check
  CHECK (kind IN ('SUM', 'ONE_HOT', 'LOOKUP', 'KEYWORD', 'INDEX'));

-- Questions whose cells are shared among workers: what each share came to, until the question ends.
ALTER TABLE query.he_tickets ADD COLUMN shares integer NOT NULL DEFAULT 1 CHECK (shares BETWEEN 1 AND 64);
ALTER TABLE query.he_tickets ALTER COLUMN shares DROP DEFAULT;

CREATE TABLE query.he_shares (
  ticket_id uuid NOT NULL REFERENCES query.he_tickets,
  share     integer NOT NULL CHECK (share >= 0),
  limbs     bytea,
  PRIMARY KEY (ticket_id, share)
);
ALTER TABLE query.he_shares ENABLE ROW LEVEL SECURITY;
ALTER TABLE query.he_shares FORCE ROW LEVEL SECURITY;
CREATE POLICY he_shares_of_service ON query.he_shares USING (weir.is_service()) WITH CHECK (weir.is_service());

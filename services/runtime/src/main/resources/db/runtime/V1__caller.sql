-- Who a transaction acts for, as policies see it. The settings are transaction-local; a transaction
-- that sets none acts for nobody. An empty setting counts as none: PostgreSQL leaves '' behind in a
-- session after SET LOCAL ends.
create function weir.party() returns text
  language sql stable parallel safe
  return nullif(current_setting('weir.party', true), '');

create function weir.has_role(wanted text) returns boolean
  language sql stable parallel safe
  return coalesce(
    wanted = any (string_to_array(nullif(current_setting('weir.roles', true), ''), ',')), false);

create function weir.is_service() returns boolean
  language sql stable parallel safe
  return nullif(current_setting('weir.service', true), '') is not null;

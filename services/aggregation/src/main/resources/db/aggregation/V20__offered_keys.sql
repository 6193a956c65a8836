-- An instance that has another key than clients were offered, or lacks the newest, does not start.
create table offered_keys (
  id smallint primary key check (id between 0 and 255),
  public_key_sha256 bytea not null check (length(public_key_sha256) = 32),
  at timestamptz not null
);
alter table offered_keys enable row level security;
create policy service on offered_keys using (weir.is_service());
revoke update, delete on offered_keys from ${application};

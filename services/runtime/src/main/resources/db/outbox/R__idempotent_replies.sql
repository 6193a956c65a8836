-- What writes answered, by the key their client chose; a party sees its own only.
create table if not exists idempotent_replies (
  party text not null,
  account text not null,
  operation text not null,
  key text not null,
  request_sha256 text not null,
  reply text,
  created_at timestamptz not null default now(),
  primary key (party, account, operation, key)
);

alter table idempotent_replies enable row level security;
alter table idempotent_replies force row level security;
drop policy if exists own_replies on idempotent_replies;
create policy own_replies on idempotent_replies to ${application}
  using (party = weir.party()) with check (party = weir.party());

revoke all on idempotent_replies from ${application};
grant select, insert, update on idempotent_replies to ${application};

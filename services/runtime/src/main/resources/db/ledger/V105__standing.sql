-- What an account rests on. Whoever stops a product, a resource, a domain or a party stops, in the
-- transaction that does so, every spend under every contract resting on it: a spend holds the lock
-- of its account, so it is either committed before the stop or refused after it.
alter table ledger.accounts
  add column operator text not null default '',
  add column domain_id uuid,
  add column products uuid[] not null default '{}',
  add column resources uuid[] not null default '{}',
  add column usable_until timestamptz not null default 'infinity',
  add column stopped_products uuid[] not null default '{}',
  add column halted_at timestamptz,
  add constraint one_resource_a_product check (cardinality(products) = cardinality(resources));
comment on column ledger.accounts.resources is 'the resource of each of the products, in their order';
comment on column ledger.accounts.usable_until is 'the earlier end of the terms of contract and domain';
comment on column ledger.accounts.halted_at is 'when its domain closed or a party was suspended';

grant update (stopped_products, halted_at) on ledger.accounts to weir_space;

-- A stop is final, whoever asks.
create function ledger.keep_stops() returns trigger language plpgsql as $$
begin
  if not new.stopped_products @> old.stopped_products
      or (old.halted_at is not null and new.halted_at is distinct from old.halted_at)
      or (old.closed_at is not null and new.closed_at is distinct from old.closed_at) then
    raise exception 'a stop is never taken back';
  end if;
  return new;
end $$;
create trigger keep_stops before update of stopped_products, halted_at, closed_at on ledger.accounts
  for each row execute function ledger.keep_stops();

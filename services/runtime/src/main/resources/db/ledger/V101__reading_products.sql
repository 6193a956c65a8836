-- A bill has one line for each product, or combination of products, that was used.
alter table ledger.readings add column products text not null default '';
comment on column ledger.readings.products is 'product ids in order, separated by spaces';

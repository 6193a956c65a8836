-- Lanes hold the exact share of a batch until they hear that its collection is done; those of older versions hear it now.
alter table collections add column sums_forgotten boolean not null default false;
comment on column collections.sums_forgotten is 'the lanes have been told to forget what the batch held';
create index on collections (collection_id) where state = 'DONE' and not sums_forgotten;

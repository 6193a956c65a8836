-- A collection that failed after its batch was closed is told to the collector only when the batch
-- is open again; a crash in between must not leave it closed.
alter table collections drop constraint collections_state_check;
alter table collections add check (
  state in ('COUNTING', 'CLOSING', 'ASKING', 'REOPENING', 'DONE', 'FAILED'));
drop index collections_state_idx;
create index collections_under_way on collections (state)
  where state in ('COUNTING', 'CLOSING', 'ASKING', 'REOPENING');

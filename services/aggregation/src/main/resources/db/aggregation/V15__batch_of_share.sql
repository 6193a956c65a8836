-- What a lane told is of one batch of one task, and of no other that another party closes under the collection's name.
-- What was told before did not say of which: it goes, and leaders ask their lanes again.
delete from lane_shares;
alter table lane_shares drop constraint lane_shares_pkey;
alter table lane_shares
  add column task_id bytea not null,
  add column batch bytea not null,
  add primary key (task_id, collection_id, kind, batch, lane);
create index on lane_shares (collection_id);

-- One instance of the helper at a time sends a foreign leader's job to the lanes.
alter table jobs add column claimed_until timestamptz;

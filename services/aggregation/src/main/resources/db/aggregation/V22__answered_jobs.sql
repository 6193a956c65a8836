-- A job that is answered has its answer in one piece and its reports no more.
alter table jobs add column response bytea;
comment on column jobs.response is 'what the leader is told; the request is empty then';
create index on jobs (made_at);

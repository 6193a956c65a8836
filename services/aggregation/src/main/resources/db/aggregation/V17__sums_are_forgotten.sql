-- What lanes told of a batch is its exact sum. Once its collection has ended nobody needs that any more: rows stay,
-- so that what lanes tell again is known to have been told, and hold nothing.
create function ${schema}.is_over(task bytea, collection uuid) returns boolean language sql stable as $$
  select exists (select from ${schema}.collections
      where collection_id = collection and task_id = task and state in ('DONE', 'FAILED'))
    or exists (select from ${schema}.leader_refusals
      where collection_id = collection and task_id = task)
$$;

create function ${schema}.forget_sums() returns trigger language plpgsql security definer
  set search_path = ${schema}, pg_temp as $$
begin
  update ${schema}.lane_shares set share = ''
    where task_id = new.task_id and collection_id = new.collection_id and length(share) > 0;
  return null;
end $$;
create trigger forget_sums after update of state on collections
  for each row when (new.state in ('DONE', 'FAILED')) execute function ${schema}.forget_sums();
create trigger forget_sums after insert on leader_refusals
  for each row execute function ${schema}.forget_sums();

create function ${schema}.told_too_late() returns trigger language plpgsql as $$
begin
  if ${schema}.is_over(new.task_id, new.collection_id) then
    new.share := '';
  end if;
  return new;
end $$;
create trigger told_too_late before insert on lane_shares
  for each row execute function ${schema}.told_too_late();

update lane_shares set share = '' where ${schema}.is_over(task_id, collection_id);

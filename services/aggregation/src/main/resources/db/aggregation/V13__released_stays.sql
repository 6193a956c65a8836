-- A share that left is the only one of its batch there will ever be: nothing changes or removes it, whichever
-- process of the aggregator asks. A share that was drawn and never left may go when the ledger refuses its charge.
alter table releases add column released_at timestamptz;
comment on column releases.released_at is 'when a share was sealed for the collector; null while it has not left';
update releases r set released_at = r.at
  where exists (select from collections c where c.task_id = r.task_id and c.own_share is not null);
grant update (released_at) on releases to ${application};

create function ${schema}.released_stays() returns trigger language plpgsql as $$
begin
  if (select rolsuper from pg_roles where rolname = current_user) then
    return case tg_op when 'DELETE' then old else new end;
  end if;
  if old.released_at is not null and (tg_op = 'DELETE' or new is distinct from old) then
    raise exception 'a released share stays';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger released_stays before update or delete on releases
  for each row execute function ${schema}.released_stays();

-- The sealed shares of a collection too, and what lanes told.
create function ${schema}.answers_stay() returns trigger language plpgsql as $$
begin
  if (old.own_share is not null and new.own_share is distinct from old.own_share)
      or (old.helper_share is not null and new.helper_share is distinct from old.helper_share) then
    raise exception 'a released share stays';
  end if;
  return new;
end $$;
create trigger answers_stay before update of own_share, helper_share on collections
  for each row execute function ${schema}.answers_stay();
revoke delete on collections from ${application};
revoke update, delete on lane_shares from ${application};

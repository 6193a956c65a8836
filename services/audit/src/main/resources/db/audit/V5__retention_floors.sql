-- Floors come from the policy bundle at start. Neither a floor nor what was set above it ever falls,
-- whoever writes.
create table audit.retention_floor (
  class text primary key,
  days int not null check (days > 0),
  bundle text not null
);
comment on column audit.retention_floor.bundle is 'version of the policy bundle that set it';

create function audit.only_rises() returns trigger language plpgsql as $$
begin
  if new.class <> old.class or new.days < old.days then
    raise exception 'retention is raised only';
  end if;
  return new;
end $$;
create trigger only_rises before update on audit.retention_floor
  for each row execute function audit.only_rises();
create trigger only_rises before update on audit.retention
  for each row execute function audit.only_rises();

create function audit.above_floor() returns trigger language plpgsql as $$
begin
  if not exists (
      select from audit.retention_floor f where f.class = new.class and new.days >= f.days) then
    raise exception 'retention is not below its floor';
  end if;
  return new;
end $$;
create trigger above_floor before insert or update on audit.retention
  for each row execute function audit.above_floor();

revoke delete, truncate on audit.retention, audit.retention_floor from ${application};

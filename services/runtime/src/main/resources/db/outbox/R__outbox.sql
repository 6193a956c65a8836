-- What committed transactions want published. The application may only add; the relay reads in the
-- order of id and deletes what the broker has acknowledged.
create table if not exists outbox (
  id bigint generated always as identity primary key,
  topic text not null,
  key text not null,
  schema text not null,
  value bytea not null,
  created_at timestamptz not null default now()
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

comment on column outbox.schema is 'the writer''s Avro schema as JSON';
comment on column outbox.value is 'Avro binary, without the registry header';

revoke all on outbox from ${application};
grant insert on outbox to ${application};
grant usage on schema ${schema} to ${relay};
grant select, delete on outbox to ${relay};

-- The history of migrations is not the application's business.
revoke all on flyway_schema_history from ${application};

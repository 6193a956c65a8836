alter table releases add column lineage_id uuid;
comment on column releases.lineage_id is 'whose budget paid; null in releases of before, which count for every lineage of their contract';

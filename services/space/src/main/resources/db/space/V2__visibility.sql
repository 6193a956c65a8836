-- The visibility matrix. The table owner is bound by it too (FORCE).

alter table participants enable row level security;
alter table participants force row level security;
-- The directory of active participants is for all of them; a suspended one is seen by itself and by
-- those who supervise.
create policy see on participants for select using (
  weir.is_service() or active or credit_code = weir.party()
  or weir.has_role('operator') or weir.has_role('security-admin')
  or weir.has_role('system-admin') or weir.has_role('auditor'));
create policy add on participants for insert with check (
  weir.has_role('operator') or weir.has_role('security-admin') or weir.has_role('system-admin'));
create policy change on participants for update using (
  credit_code = weir.party()
  or weir.has_role('operator') or weir.has_role('security-admin') or weir.has_role('system-admin'));

alter table participant_keys enable row level security;
alter table participant_keys force row level security;
create policy see on participant_keys for select using (
  weir.is_service() or weir.party() is not null);
create policy add on participant_keys for insert with check (credit_code = weir.party());

alter table key_challenges enable row level security;
alter table key_challenges force row level security;
create policy own on key_challenges for all using (credit_code = weir.party());

alter table domains enable row level security;
alter table domains force row level security;
-- A domain is public from the day it is active: the law asks for it to be disclosed.
create policy see on domains for select using (
  weir.is_service() or published or operator = weir.party() or implementing_body = weir.party()
  or weir.has_role('auditor'));
create policy add on domains for insert with check (operator = weir.party());
create policy change on domains for update using (
  weir.is_service() or operator = weir.party() or implementing_body = weir.party());

alter table resources enable row level security;
alter table resources force row level security;
create policy see on resources for select using (
  weir.is_service() or provider = weir.party() or operator = weir.party()
  or weir.has_role('auditor') or weir.has_role('security-admin'));
create policy add on resources for insert with check (provider = weir.party());
create policy change on resources for update using (
  weir.is_service() or provider = weir.party());

alter table lineages enable row level security;
alter table lineages force row level security;
-- What is left of a lineage would tell one consumer of another's use: consumers never see it.
create policy see on lineages for select using (
  weir.is_service() or owner = weir.party() or weir.has_role('auditor')
  or exists (
    select from resources
    where resources.lineage_id = lineages.id and resources.operator = weir.party()));
create policy add on lineages for insert with check (owner = weir.party());
create policy change on lineages for update using (
  owner = weir.party()
  or exists (
    select from resources
    where resources.lineage_id = lineages.id and resources.operator = weir.party()));

alter table prohibitions enable row level security;
alter table prohibitions force row level security;
create policy see on prohibitions for select using (
  weir.is_service() or provider = weir.party()
  or weir.has_role('security-admin') or weir.has_role('auditor'));
create policy add on prohibitions for insert with check (weir.has_role('security-admin'));
create policy change on prohibitions for update using (weir.has_role('security-admin'));

-- A code says which body it belongs to and nothing else.
alter table codes enable row level security;
alter table codes force row level security;
create policy see on codes for select using (weir.is_service() or weir.party() is not null);
create policy add on codes for insert with check (weir.party() is not null);

alter table products enable row level security;
alter table products force row level security;
create policy see on products for select using (
  weir.is_service() or provider = weir.party() or audience = 'EVERYBODY'
  or (audience = 'OPERATOR' and (operator = weir.party() or weir.has_role('auditor'))));
create policy add on products for insert with check (provider = weir.party());
create policy change on products for update using (
  weir.is_service() or provider = weir.party() or operator = weir.party());

alter table contracts enable row level security;
alter table contracts force row level security;
create policy see on contracts for select using (
  weir.is_service() or weir.party() = any (parties) or operator = weir.party()
  or weir.has_role('auditor'));
create policy add on contracts for insert with check (weir.party() = any (parties));
create policy change on contracts for update using (
  weir.is_service() or weir.party() = any (parties) or operator = weir.party());

alter table contract_rounds enable row level security;
alter table contract_rounds force row level security;
create policy see on contract_rounds for select using (
  exists (select from contracts where contracts.id = contract_id));
create policy add on contract_rounds for insert with check (author = weir.party());

alter table contract_signatures enable row level security;
alter table contract_signatures force row level security;
create policy see on contract_signatures for select using (
  exists (select from contracts where contracts.id = contract_id));
create policy add on contract_signatures for insert with check (party = weir.party());

alter table history enable row level security;
alter table history force row level security;
create policy see on history for select using (
  weir.is_service() or weir.party() = any (readers) or weir.has_role('auditor'));
create policy add on history for insert with check (weir.is_service() or party = weir.party());

alter table idempotency enable row level security;
alter table idempotency force row level security;
create policy own on idempotency for all using (weir.is_service() or party = weir.party());

alter table schemas enable row level security;
alter table schemas force row level security;
create policy see on schemas for select using (true);
create policy add on schemas for insert with check (weir.is_service());

alter table schema_versions enable row level security;
alter table schema_versions force row level security;
create policy see on schema_versions for select using (true);
create policy add on schema_versions for insert with check (weir.is_service());

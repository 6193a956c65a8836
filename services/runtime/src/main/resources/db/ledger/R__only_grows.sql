-- What was written to the ledger stays, and what was spent stays spent, whichever service asks: rights say which
-- columns a service may write, these say in which direction. A bill falls only to the sum of its readings, which
-- needs a correction that says why. A superuser is bound by nothing and is no service.
create or replace function ledger.binds() returns boolean language sql stable as
  $$ select not rolsuper from pg_roles where rolname = current_user $$;

create or replace function ledger.stays() returns trigger language plpgsql as $$
begin
  if ledger.binds() then
    raise exception 'what was written to the ledger stays';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;

create or replace function ledger.spends_stay() returns trigger language plpgsql as $$
begin
  if ledger.binds() and
      (new.spent_nano_rho < old.spent_nano_rho or new.spent_pico_delta < old.spent_pico_delta) then
    raise exception 'what was spent stays spent';
  end if;
  return new;
end $$;

create or replace function ledger.bills_stay() returns trigger language plpgsql as $$
begin
  if ledger.binds() and
      (new.calls < old.calls
        or (new.charged_fen < old.charged_fen
          and new.charged_fen <> (select coalesce(sum(r.charged_fen), 0) from ledger.readings r
                                  where r.contract_id = new.contract_id))) then
    raise exception 'what was charged stays charged';
  end if;
  return new;
end $$;

create or replace trigger stays before update or delete on ledger.answers
  for each row execute function ledger.stays();
create or replace trigger stays before update or delete on ledger.entries
  for each row execute function ledger.stays();
create or replace trigger stays before update or delete on ledger.calls
  for each row execute function ledger.stays();
create or replace trigger stays before update or delete on ledger.readings
  for each row execute function ledger.stays();
create or replace trigger stays before update or delete on ledger.cohorts
  for each row execute function ledger.stays();
create or replace trigger stays before update or delete on ledger.cap_changes
  for each row execute function ledger.stays();
create or replace trigger stays before delete on ledger.lineages
  for each row execute function ledger.stays();
create or replace trigger stays before delete on ledger.accounts
  for each row execute function ledger.stays();
create or replace trigger stays before delete on ledger.allotments
  for each row execute function ledger.stays();
create or replace trigger spends_stay before update on ledger.allotments
  for each row execute function ledger.spends_stay();
create or replace trigger bills_stay before update on ledger.accounts
  for each row execute function ledger.bills_stay();

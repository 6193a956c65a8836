-- At signing the service locks the parties, so that none is suspended unnoticed meanwhile.
alter policy change on participants using (
  weir.is_service() or credit_code = weir.party()
  or weir.has_role('operator') or weir.has_role('security-admin') or weir.has_role('system-admin'));

-- Accounts opened before the ledger knew what they rest on.
select set_config('weir.service', 'migration', true);
update ledger.accounts a
set operator = c.operator,
    domain_id = c.domain_id,
    usable_until = least(c.term_end, d.term_end),
    products = array(
      select (product ->> 'id')::uuid
      from jsonb_array_elements(convert_from(r.terms, 'UTF8')::jsonb -> 'products')
        with ordinality as p (product, position)
      order by position),
    resources = array(
      select (product ->> 'resourceId')::uuid
      from jsonb_array_elements(convert_from(r.terms, 'UTF8')::jsonb -> 'products')
        with ordinality as p (product, position)
      order by position)
from contracts c
join domains d on d.id = c.domain_id
join lateral (
  select terms from contract_rounds where contract_id = c.id order by round desc limit 1) r on true
where a.contract_id = c.id and a.domain_id is null;

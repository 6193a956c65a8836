-- Aggregators have no part in the ledger but through the control plane, which charges their collections to
-- the accounts that queries spend from.
revoke all on ledger.lineages, ledger.cap_changes, ledger.accounts, ledger.allotments,
  ledger.entries, ledger.calls, ledger.readings, ledger.answers, ledger.cohorts
  from weir_leader, weir_helper;
revoke update (carved_nano_rho, carved_pico_delta) on ledger.lineages from weir_leader, weir_helper;
revoke update (calls, charged_fen) on ledger.accounts from weir_leader, weir_helper;
revoke update (spent_nano_rho, spent_pico_delta) on ledger.allotments from weir_leader, weir_helper;

grant select on ledger.answers to weir_space;
grant insert on ledger.answers, ledger.entries, ledger.calls, ledger.readings to weir_space;
grant update (calls, charged_fen) on ledger.accounts to weir_space;
grant update (spent_nano_rho, spent_pico_delta) on ledger.allotments to weir_space;

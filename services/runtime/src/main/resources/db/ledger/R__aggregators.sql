-- An aggregator keeps the ledger of its own operator: it opens the accounts of the contracts that its tasks
-- serve, with the allotments that all parties signed, and charges each batch that it releases.
grant select on ledger.lineages, ledger.cap_changes, ledger.accounts, ledger.allotments,
  ledger.entries, ledger.calls, ledger.readings, ledger.answers, ledger.cohorts
  to weir_leader, weir_helper;
grant insert on ledger.lineages, ledger.accounts, ledger.allotments, ledger.answers, ledger.entries,
  ledger.calls, ledger.readings, ledger.cohorts
  to weir_leader, weir_helper;
grant update (carved_nano_rho, carved_pico_delta) on ledger.lineages to weir_leader, weir_helper;
grant update (calls, charged_fen) on ledger.accounts to weir_leader, weir_helper;
grant update (spent_nano_rho, spent_pico_delta) on ledger.allotments to weir_leader, weir_helper;

package dev.weir.acceptance.aggregation;

import dev.weir.acceptance.aggregation.Clinics.Contributing;
import dev.weir.acceptance.stack.EmbeddedServices;

/** What an aggregator's own ledger has charged a task's contract. */
final class TaskLedger {

  private TaskLedger() {}

  /** In nano-rho. */
  static String spent(EmbeddedServices services, String role, Contributing to) {
    return services.ask(
        role,
        "select coalesce(sum(nano_rho), 0) from "
            + role
            + ".releases where contract_id = '"
            + to.contract().id()
            + "'");
  }
}

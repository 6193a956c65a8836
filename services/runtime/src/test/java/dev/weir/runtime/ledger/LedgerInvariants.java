package dev.weir.runtime.ledger;

import dev.weir.runtime.sql.TestDatabase;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** Counts the rows that break an invariant of the ledger, reading tables and nothing else. */
final class LedgerInvariants {
  private static final Map<String, String> CHECKS =
      Map.of(
          "spent over allotment",
          """
          select count(*) from ledger.allotments
          where spent_nano_rho > allotted_nano_rho or spent_pico_delta > allotted_pico_delta
          """,
          "entries over allotment",
          """
          select count(*) from (
            select contract_id, lineage_id from ledger.entries join ledger.allotments
              using (contract_id, lineage_id)
            group by contract_id, lineage_id, allotted_nano_rho
            having sum(nano_rho) > allotted_nano_rho) x
          """,
          "spent is not the sum of entries",
          """
          select count(*) from ledger.allotments a
          where spent_nano_rho <> (select coalesce(sum(nano_rho), 0) from ledger.entries e
            where e.contract_id = a.contract_id and e.lineage_id = a.lineage_id)
          """,
          "carved is not the sum of allotments, or over the cap",
          """
          select count(*) from ledger.lineages l
          where carved_nano_rho > cap_nano_rho or carved_nano_rho <>
            (select coalesce(sum(allotted_nano_rho), 0) from ledger.allotments a
             where a.lineage_id = l.lineage_id)
          """,
          "bill is not the sum of readings",
          """
          select count(*) from ledger.accounts a
          where calls <> (select coalesce(sum(calls), 0) from ledger.readings r
              where r.contract_id = a.contract_id)
            or charged_fen <> (select coalesce(sum(charged_fen), 0) from ledger.readings r
              where r.contract_id = a.contract_id)
          """,
          "an answer without its reading or its leaf",
          """
          select count(*) from ledger.answers a
          where not exists (select from ledger.readings r where r.request_id = a.request_id)
             or (select count(*) from query.outbox o where o.topic = 'audit.evidence'
                 and position(convert_to(a.request_id::text, 'UTF8') in o.value) > 0) < 2
          """);

  private LedgerInvariants() {}

  static Map<String, Long> violations(TestDatabase database) {
    var found = new TreeMap<String, Long>();
    try (var connection = database.superuser();
        var statement = connection.createStatement()) {
      for (var check : CHECKS.entrySet()) {
        try (var result = statement.executeQuery(check.getValue())) {
          result.next();
          if (result.getLong(1) > 0) {
            found.put(check.getKey(), result.getLong(1));
          }
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return found;
  }
}

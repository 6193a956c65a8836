package dev.weir.cli.campaign.check;

import dev.weir.cli.campaign.check.InvariantChecker.Report;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Spent is within its cap, and the same in allotments, entries and SPEND leaves. */
final class Budget {
  private static final Map<String, String> UNITS =
      Map.of("nanoRho", "nano_rho", "picoDelta", "pico_delta");

  private Budget() {}

  static void check(PostgresTables tables, Leaves leaves, Report report) throws SQLException {
    for (var unit : UNITS.entrySet()) {
      lineages(tables, unit.getValue(), report);
      allotments(tables, leaves, unit.getKey(), unit.getValue(), report);
    }
  }

  private static void lineages(PostgresTables tables, String unit, Report report)
      throws SQLException {
    var rows =
        tables.rows(
            """
            select l.lineage_id, l.cap_U as cap, l.carved_U as carved,
              coalesce(sum(a.allotted_U), 0)::bigint as allotted
            from ledger.lineages l left join ledger.allotments a using (lineage_id)
            group by l.lineage_id
            """
                .replace("U", unit));
    for (var row : rows) {
      boolean holds =
          row.number("allotted") == row.number("carved")
              && row.number("carved") <= row.number("cap");
      report.require(holds, "lineage %s: %s".formatted(row.text("lineage_id"), row.values()));
    }
  }

  private static void allotments(
      PostgresTables tables, Leaves leaves, String figure, String unit, Report report)
      throws SQLException {
    var evidence = new HashMap<String, Long>();
    for (var leaf : leaves.of("SPEND")) {
      leaf.figures()
          .fieldNames()
          .forEachRemaining(name -> {
            if (name.startsWith(figure + ".")) {
              String account = leaf.contract() + " " + name.substring(figure.length() + 1);
              evidence.merge(account, leaf.figure(name), Long::sum);
            }
          });
    }
    var rows =
        tables.rows(
            """
            select a.contract_id, a.lineage_id, a.allotted_U as allotted, a.spent_U as spent,
              (select coalesce(sum(e.U), 0)::bigint from ledger.entries e
               where e.contract_id = a.contract_id and e.lineage_id = a.lineage_id) as entries
            from ledger.allotments a
            """
                .replace("U", unit));
    for (var row : rows) {
      String account = row.text("contract_id") + " " + row.text("lineage_id");
      long proven = evidence.getOrDefault(account, 0L);
      evidence.remove(account);
      boolean holds =
          row.number("spent") <= row.number("allotted")
              && row.number("spent") == row.number("entries")
              && row.number("spent") == proven;
      report.require(holds, figure + ": " + row.values() + ", in leaves " + proven);
    }
    evidence.values().removeIf(amount -> amount == 0);
    report.require(evidence.isEmpty(), figure + ": leaves without an account: " + evidence);
  }
}

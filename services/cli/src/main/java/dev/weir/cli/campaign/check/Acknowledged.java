package dev.weir.cli.campaign.check;

import dev.weir.cli.campaign.check.InvariantChecker.Report;
import dev.weir.cli.campaign.check.PostgresTables.Row;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a client was told is in the tables, in that state or a later one. */
final class Acknowledged {
  private static final Set<String> UNFINISHED = Set.of("ACCEPTED", "QUEUED", "RUNNING");

  private Acknowledged() {}

  static void check(PostgresTables tables, List<Acknowledgement> told, Report report)
      throws SQLException {
    var rows = new HashMap<String, Map<String, Row>>();
    rows.put("query", byId(tables.rows("select id, status, receipt_leaf, fen from query.queries")));
    rows.put("run", byId(tables.rows("select id, status from intake.runs")));
    rows.put("contract", byId(tables.rows("select id, status from space.contracts")));
    for (var one : told) {
      var table = rows.get(one.kind());
      if (table != null) {
        String name = one.kind() + " " + one.id();
        var row = table.get(one.id());
        report.require(row != null, name + ": told " + one.state() + ", is lost");
        if (row != null) {
          report.require(
              holds(one, row), name + ": told " + one.state() + ", is " + row.text("status"));
        }
      }
    }
  }

  private static boolean holds(Acknowledgement told, Row row) {
    boolean mayMove = UNFINISHED.contains(told.state()) || told.kind().equals("contract");
    boolean same = row.text("status").equals(told.state());
    boolean answered =
        !told.state().equals("DONE")
            || (row.text("receipt_leaf").equals(told.receipt()) && row.number("fen") == told.fen());
    return (mayMove || same) && answered;
  }

  private static Map<String, Row> byId(List<Row> rows) {
    var byId = new HashMap<String, Row>();
    rows.forEach(row -> byId.put(row.text("id"), row));
    return byId;
  }
}

package dev.weir.cli.campaign.check;

import dev.weir.cli.campaign.check.InvariantChecker.Report;
import java.sql.SQLException;
import java.util.HashMap;

/** What each contract was charged is the fold over its meter leaves, to the fen. */
final class Bill {
  private Bill() {}

  private record Sum(long calls, long fen) {
    Sum plus(Sum other) {
      return new Sum(calls + other.calls, fen + other.fen);
    }
  }

  static void check(PostgresTables tables, Leaves leaves, Report report) throws SQLException {
    var folded = new HashMap<String, Sum>();
    for (var leaf : leaves.of("METER")) {
      folded.merge(leaf.contract(), new Sum(leaf.figure("calls"), leaf.figure("fen")), Sum::plus);
    }
    var accounts =
        tables.rows(
            """
            select a.contract_id, a.calls, a.charged_fen, a.ceiling_fen,
              (select coalesce(sum(r.charged_fen), 0)::bigint from ledger.readings r
               where r.contract_id = a.contract_id) as readings,
              (select coalesce(sum(q.fen), 0)::bigint from query.queries q
               where q.contract_id = a.contract_id and q.status = 'DONE') as queries
            from ledger.accounts a
            """);
    for (var row : accounts) {
      var sum = folded.getOrDefault(row.text("contract_id"), new Sum(0, 0));
      boolean holds =
          sum.equals(new Sum(row.number("calls"), row.number("charged_fen")))
              && row.number("readings") == sum.fen()
              && row.number("queries") <= sum.fen()
              && sum.fen() <= row.number("ceiling_fen");
      report.require(holds, "bill " + row.values() + ", leaves " + sum);
    }
  }
}

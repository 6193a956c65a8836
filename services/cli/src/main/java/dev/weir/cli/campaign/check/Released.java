package dev.weir.cli.campaign.check;

import dev.weir.cli.campaign.check.InvariantChecker.Report;
import java.sql.SQLException;

/**
 * Every answered query has its release leaf; every one that was charged its spend and meter too.
 */
final class Released {
  private Released() {}

  static void check(PostgresTables tables, Leaves leaves, Report report) throws SQLException {
    var done =
        tables.rows(
            """
            select q.id, q.receipt_leaf, q.answer is not null as answered, r.leaf_id as meter
            from query.queries q
            left join ledger.readings r on r.request_id = q.id and r.kind = 'CALL'
            where q.status = 'DONE' or q.answer is not null
            """);
    for (var row : done) {
      String id = row.text("id");
      String receipt = row.text("receipt_leaf");
      report.require(
          leaves.has(receipt, "RELEASE", id), "query " + id + ": answered without a release leaf");
      var figures = leaves.figures(receipt);
      if (!figures.has("repeats")) {
        report.require(
            leaves.has(figures.path("spendLeaf").asText(), "SPEND", id)
                && leaves.has(row.text("meter"), "METER", id),
            "query " + id + ": answered without a spend or meter leaf");
      }
    }
    long silent =
        tables.number(
            """
            select count(*) from ledger.answers a
            where not exists (
              select from query.queries q where q.id = a.request_id and q.status = 'DONE')
            """);
    report.require(silent == 0, silent + " charged answers belong to no answered query");
  }
}

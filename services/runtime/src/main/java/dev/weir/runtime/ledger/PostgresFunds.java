package dev.weir.runtime.ledger;

import dev.weir.kernel.LineageId;
import dev.weir.kernel.QueryId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * What a spend finds under its account's lock: whether it was answered before, and what is left.
 *
 * @param answered the request that was charged, under the same request id or for the same query
 * @param left of each allotment of the contract
 */
record PostgresFunds(Optional<QueryId> answered, Map<LineageId, Spend.Exhausted> left) {

  static PostgresFunds find(Handle handle, SpendRequest request) {
    var rows =
        handle
            .createQuery(
                """
                with answered as (
                  select request_id, 1 as preference from ledger.answers
                  where request_id = :request
                  union all
                  select request_id, 2 from ledger.answers
                  where contract_id = :contract and canonical_sha256 = :sha
                    and data_versions = :versions
                  order by preference limit 1)
                select (select request_id from answered) as answered, lineage_id,
                  allotted_nano_rho - spent_nano_rho as rho,
                  allotted_pico_delta - spent_pico_delta as delta
                from (values (cast(:contract as uuid))) account (id)
                left join ledger.allotments on contract_id = account.id
                """)
            .bind("request", request.requestId().value())
            .bind("contract", request.contractId().value())
            .bind("sha", request.canonicalSha256())
            .bind("versions", DataVersions.write(request.dataVersions()))
            .map((row, context) -> read(row))
            .list();
    return new PostgresFunds(
        rows.getFirst().answered(),
        rows.stream()
            .flatMap(row -> row.left().stream())
            .collect(Collectors.toMap(Spend.Exhausted::lineageId, left -> left)));
  }

  /** The first charge, by lineage, that its allotment does not cover. */
  Optional<Spend> refusal(List<Charge> charges) {
    return charges.stream()
        .map(charge -> uncovered(charge))
        .flatMap(Optional::stream)
        .findFirst()
        .map(Spend.class::cast);
  }

  private Optional<Spend.Exhausted> uncovered(Charge charge) {
    var rest = left.getOrDefault(charge.lineageId(), new Spend.Exhausted(charge.lineageId(), 0, 0));
    boolean covers =
        rest.remainingNanoRho() >= charge.nanoRho()
            && rest.remainingPicoDelta() >= charge.picoDelta();
    return covers ? Optional.empty() : Optional.of(rest);
  }

  private static Row read(ResultSet row) throws SQLException {
    var lineage = Optional.ofNullable(row.getObject("lineage_id", UUID.class));
    long rho = row.getLong("rho");
    long delta = row.getLong("delta");
    return new Row(
        Optional.ofNullable(row.getObject("answered", UUID.class)).map(QueryId::new),
        lineage.map(id -> new Spend.Exhausted(new LineageId(id), rho, delta)));
  }

  private record Row(Optional<QueryId> answered, Optional<Spend.Exhausted> left) {}
}

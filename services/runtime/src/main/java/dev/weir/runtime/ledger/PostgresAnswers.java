package dev.weir.runtime.ledger;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.QueryId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Answers that were released, and the records they rest on. */
final class PostgresAnswers {

  /** A stored answer with the contract it belongs to. */
  record Kept(ContractId contractId, StoredAnswer answer) {}

  Optional<StoredAnswer> find(
      Handle handle, ContractId contract, String canonicalSha256, Map<LineageId, Long> versions) {
    return handle
        .createQuery(
            """
            select * from ledger.answers
            where contract_id = :contract and canonical_sha256 = :sha and data_versions = :versions
            """)
        .bind("contract", contract.value())
        .bind("sha", canonicalSha256)
        .bind("versions", DataVersions.write(versions))
        .map((row, context) -> kept(handle, row))
        .findOne()
        .map(Kept::answer);
  }

  Optional<Kept> findByRequest(Handle handle, QueryId request) {
    return handle
        .createQuery("select * from ledger.answers where request_id = :request")
        .bind("request", request.value())
        .map((row, context) -> kept(handle, row))
        .findOne();
  }

  void storeCohorts(Handle handle, SpendRequest request) {
    if (request.cohorts().isEmpty()) {
      return;
    }
    var batch =
        handle.prepareBatch(
            """
            insert into ledger.cohorts (request_id, contract_id, party, lineage_id, data_version,
              records, descriptor)
            values (:request, :contract, :party, :lineage, :version, :records, :descriptor)
            """);
    for (SpendRequest.Cohort cohort : request.cohorts()) {
      batch
          .bind("request", request.requestId().value())
          .bind("contract", request.contractId().value())
          .bind("party", request.party().value())
          .bind("lineage", cohort.lineageId().value())
          .bind("version", cohort.dataVersion())
          .bind("records", cohort.records())
          .bind("descriptor", cohort.descriptor())
          .add();
    }
    batch.execute();
  }

  List<ReleasedCohort> released(Handle handle, CreditCode party, LineageId lineage) {
    handle
        .createQuery("select pg_advisory_xact_lock(hashtextextended(:name, 0))::text")
        .bind("name", "weir.released:" + party + ":" + lineage)
        .mapTo(String.class)
        .one();
    return handle
        .createQuery(
            """
            select * from ledger.cohorts where party = :party and lineage_id = :lineage
            order by number
            """)
        .bind("party", party.value())
        .bind("lineage", lineage.value())
        .map((row, context) -> cohort(lineage, row))
        .list();
  }

  private static ReleasedCohort cohort(LineageId lineage, ResultSet row) throws SQLException {
    return new ReleasedCohort(
        new QueryId(row.getObject("request_id", UUID.class)),
        new ContractId(row.getObject("contract_id", UUID.class)),
        lineage,
        row.getLong("data_version"),
        row.getLong("records"),
        row.getString("descriptor"));
  }

  private static Kept kept(Handle handle, ResultSet row) throws SQLException {
    var request = new QueryId(row.getObject("request_id", UUID.class));
    return new Kept(
        new ContractId(row.getObject("contract_id", UUID.class)),
        new StoredAnswer(
            request,
            row.getString("canonical_sha256"),
            DataVersions.read(row.getString("data_versions")),
            row.getString("answer"),
            charges(handle, request),
            row.getObject("at", OffsetDateTime.class).toInstant()));
  }

  private static List<Charge> charges(Handle handle, QueryId request) {
    return handle
        .createQuery(
            """
            select lineage_id, nano_rho, pico_delta from ledger.entries
            where request_id = :request order by lineage_id::text
            """)
        .bind("request", request.value())
        .map((row, context) ->
            new Charge(
                new LineageId(row.getObject("lineage_id", UUID.class)),
                row.getLong("nano_rho"),
                row.getLong("pico_delta")))
        .list();
  }
}

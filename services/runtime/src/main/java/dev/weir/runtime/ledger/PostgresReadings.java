package dev.weir.runtime.ledger;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.Operation;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.QueryId;
import dev.weir.kernel.evidence.EvidenceKind;
import dev.weir.kernel.evidence.EvidenceRecord;
import dev.weir.runtime.evidence.EvidenceLog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The bill: a reading for each call, an entry and a leaf of its own for each correction. */
final class PostgresReadings {
  private final EvidenceLog evidence;
  private final InstantSource clock;

  PostgresReadings(EvidenceLog evidence, InstantSource clock) {
    this.evidence = evidence;
    this.clock = clock;
  }

  MeterReading correct(Handle handle, Correction correction) {
    var account = Account.lock(handle, correction.contractId());
    long bill = Math.addExact(account.chargedFen(), correction.fen());
    if (bill < 0 || bill > account.price().ceilingFen()) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED,
          "A correction keeps the bill between zero and the contract's ceiling.");
    }
    String products = productsOf(handle, correction);
    var leaf = leaf(correction, account, products);
    evidence.append(handle, leaf, account.parties());
    var reading = insert(handle, correction, products, leaf);
    addToBill(
        handle, correction); // after the reading: a bill falls to the sum of its readings only
    return reading;
  }

  List<MeterReading> all(Handle handle, ContractId contract) {
    return handle
        .createQuery("select * from ledger.readings where contract_id = :contract order by number")
        .bind("contract", contract.value())
        .map((row, context) -> read(contract, row))
        .list();
  }

  /** A correction belongs to the same line of the bill as the call it corrects. */
  private static String productsOf(Handle handle, Correction correction) {
    return handle
        .createQuery(
            """
            select products from ledger.readings
            where contract_id = :contract and request_id = :request and kind = 'CALL'
            """)
        .bind("contract", correction.contractId().value())
        .bind("request", correction.requestId().value())
        .mapTo(String.class)
        .findOne()
        .orElseThrow(
            () -> new ProblemException(ProblemType.NOT_FOUND, "There is no such reading."));
  }

  private static void addToBill(Handle handle, Correction correction) {
    handle
        .createUpdate(
            """
            update ledger.accounts set charged_fen = charged_fen + :fen
            where contract_id = :contract
            """)
        .bind("fen", correction.fen())
        .bind("contract", correction.contractId().value())
        .execute();
  }

  private static MeterReading insert(
      Handle handle, Correction correction, String products, EvidenceRecord leaf) {
    return handle
        .createQuery(
            """
            insert into ledger.readings (contract_id, request_id, kind, products, calls,
              nano_rho, charged_fen, reason, leaf_id, at)
            values (:contract, :request, 'CORRECTION', :products, 0, 0, :fen, :reason, :leaf, :at)
            returning *
            """)
        .bind("contract", correction.contractId().value())
        .bind("request", correction.requestId().value())
        .bind("products", products)
        .bind("fen", correction.fen())
        .bind("reason", correction.reason())
        .bind("leaf", leaf.id().value())
        .bind("at", leaf.time())
        .map((row, context) -> read(correction.contractId(), row))
        .one();
  }

  private static MeterReading read(ContractId contract, ResultSet row) throws SQLException {
    return new MeterReading(
        row.getLong("number"),
        contract,
        new QueryId(row.getObject("request_id", UUID.class)),
        MeterReading.Kind.valueOf(row.getString("kind")),
        row.getString("products"),
        row.getLong("calls"),
        row.getLong("nano_rho"),
        row.getLong("charged_fen"),
        row.getString("reason"),
        new LeafId(row.getObject("leaf_id", UUID.class)),
        row.getObject("at", OffsetDateTime.class).toInstant());
  }

  /** {@code earlierCalls} orders the leaves of an account: a correction precedes the next call. */
  private EvidenceRecord leaf(Correction correction, Account account, String products) {
    var figures = new TreeMap<String, String>();
    figures.put("products", products);
    figures.put("earlierCalls", Long.toString(account.calls()));
    figures.put("calls", "0");
    figures.put("nanoRho", "0");
    figures.put("fen", Long.toString(correction.fen()));
    figures.put("reason", correction.reason());
    return new EvidenceRecord(
        EvidenceRecord.VERSION,
        LeafId.random(),
        EvidenceKind.METER,
        clock.instant(),
        correction.party(),
        correction.actor(),
        Operation.METER_CORRECT,
        correction.requestId().toString(),
        Optional.of(correction.contractId().toString()),
        Optional.empty(),
        Optional.empty(),
        correction.bundle(),
        figures);
  }
}

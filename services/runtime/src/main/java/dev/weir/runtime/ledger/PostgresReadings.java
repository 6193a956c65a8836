package dev.weir.runtime.ledger;

import static java.util.stream.Collectors.joining;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
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
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The bill: a reading for each call, an entry of its own for each correction, a leaf for each. */
final class PostgresReadings {
  private final EvidenceLog evidence;
  private final InstantSource clock;

  PostgresReadings(EvidenceLog evidence, InstantSource clock) {
    this.evidence = evidence;
    this.clock = clock;
  }

  MeterReading call(Handle handle, Account account, SpendRequest request, Instant now) {
    long nanoRho = request.charges().stream().mapToLong(Charge::nanoRho).reduce(0, Math::addExact);
    long fen = MeterPrice.charge(account.price(), account.calls(), account.chargedFen(), nanoRho);
    boolean free = account.calls() < account.price().freeCalls();
    String products = request.products().stream().map(Object::toString).collect(joining(" "));
    var leaf =
        leaf(request.party(), request.actor(), request.bundle(), account, request.requestId(), now)
            .with(
                Operation.QUERY_RUN,
                products,
                Map.of("calls", 1L, "freeCalls", free ? 1L : 0L, "nanoRho", nanoRho, "fen", fen),
                "");
    evidence.append(handle, leaf, account.parties());
    addToBill(handle, account, 1, fen);
    return insert(
        handle,
        account,
        request.requestId(),
        MeterReading.Kind.CALL,
        products,
        nanoRho,
        fen,
        "",
        leaf);
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
    var leaf =
        leaf(
                correction.party(),
                correction.actor(),
                correction.bundle(),
                account,
                correction.requestId(),
                clock.instant())
            .with(
                Operation.METER_READ,
                products,
                Map.of("calls", 0L, "nanoRho", 0L, "fen", correction.fen()),
                correction.reason());
    evidence.append(handle, leaf, account.parties());
    addToBill(handle, account, 0, correction.fen());
    return insert(
        handle,
        account,
        correction.requestId(),
        MeterReading.Kind.CORRECTION,
        products,
        0,
        correction.fen(),
        correction.reason(),
        leaf);
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

  private static void addToBill(Handle handle, Account account, long calls, long fen) {
    // Only the charge is named when no call is added: a service that corrects may change no more.
    String set = calls > 0 ? "calls = calls + 1, " : "";
    handle
        .createUpdate(
            "update ledger.accounts set "
                + set
                + "charged_fen = charged_fen + :fen where contract_id = :contract")
        .bind("fen", fen)
        .bind("contract", account.contractId().value())
        .execute();
  }

  private static MeterReading insert(
      Handle handle,
      Account account,
      QueryId request,
      MeterReading.Kind kind,
      String products,
      long nanoRho,
      long fen,
      String reason,
      EvidenceRecord leaf) {
    return handle
        .createQuery(
            """
            insert into ledger.readings (contract_id, request_id, kind, products, calls,
              nano_rho, charged_fen, reason, leaf_id, at)
            values (:contract, :request, :kind, :products, :calls, :rho, :fen, :reason, :leaf, :at)
            returning *
            """)
        .bind("contract", account.contractId().value())
        .bind("request", request.value())
        .bind("kind", kind.name())
        .bind("products", products)
        .bind("calls", kind == MeterReading.Kind.CALL ? 1 : 0)
        .bind("rho", nanoRho)
        .bind("fen", fen)
        .bind("reason", reason)
        .bind("leaf", leaf.id().value())
        .bind("at", leaf.time())
        .map((row, context) -> read(account.contractId(), row))
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

  private static Draft leaf(
      CreditCode party, String actor, String bundle, Account account, QueryId request, Instant at) {
    return new Draft(party, actor, bundle, account.contractId(), request, at, account.calls());
  }

  /** A meter leaf that lacks its figures. */
  private record Draft(
      CreditCode party,
      String actor,
      String bundle,
      ContractId contract,
      QueryId request,
      Instant at,
      long earlierCalls) {
    /**
     * {@code earlierCalls} orders the leaves of an account: a correction precedes the next call.
     */
    EvidenceRecord with(
        Operation operation, String products, Map<String, Long> numbers, String reason) {
      var figures = new TreeMap<String, String>();
      figures.put("products", products);
      figures.put("earlierCalls", Long.toString(earlierCalls));
      numbers.forEach((name, number) -> figures.put(name, number.toString()));
      if (!reason.isEmpty()) {
        figures.put("reason", reason);
      }
      return new EvidenceRecord(
          EvidenceRecord.VERSION,
          LeafId.random(),
          EvidenceKind.METER,
          at,
          party,
          actor,
          operation,
          request.toString(),
          Optional.of(contract.toString()),
          Optional.empty(),
          Optional.empty(),
          bundle,
          figures);
    }
  }
}

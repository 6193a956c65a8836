package dev.weir.query.he;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.data.Column;
import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.request.UseCounts;
import dev.weir.query.contract.ContractBook;
import dev.weir.query.he.lookup.LookupTerms;
import dev.weir.query.he.lookup.LookupTerms.By;
import dev.weir.query.he.lookup.RecordDecision;
import dev.weir.query.he.lookup.RecordDecision.Decided;
import dev.weir.query.he.lookup.RowRecords;
import dev.weir.query.he.lookup.TableLocking;
import dev.weir.query.record.DataVersion;
import dev.weir.query.record.RecordStore;
import dev.weir.query.rollup.EpochDecision.Asking;
import dev.weir.runtime.json.Json;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Questions about single records of the newest data version, under contracts that let them be read.
 * Thread-safe.
 */
final class RecordSubjects {
  private static final int ID_DIGITS = 32;

  private final RecordStore records;
  private final RecordDecision decision;
  private final TableLocking locking;
  private final InstantSource clock;
  private final String bundle;

  /**
   * @param bundle version of the bundle that decides
   */
  RecordSubjects(
      RecordStore records,
      RecordDecision decision,
      TableLocking locking,
      InstantSource clock,
      String bundle) {
    this.records = records;
    this.decision = decision;
    this.locking = locking;
    this.clock = clock;
    this.bundle = bundle;
  }

  /** What the entries of a table are, but for their version. */
  private record Definition(ProductId product, By by, List<String> columns) {}

  /**
   * @throws ProblemException when there are no records, or too many to be looked up
   */
  TicketSubject of(
      ContractBook.Entry contract,
      ProductTerms product,
      Map<ProductId, UseCounts> uses,
      Asking asking,
      By by) {
    return switch (decision.decide(contract, product, uses, asking, by)) {
      case Decided.Denied denied -> subject(new Ruling.Denied(denied.rule(), denied.result()));
      case Decided.Allowed allowed -> subject(contract, product, allowed, by);
    };
  }

  private TicketSubject subject(
      ContractBook.Entry contract, ProductTerms product, Decided.Allowed allowed, By by) {
    var version = records.newest(product.resourceId()).orElseThrow(RecordSubjects::noRecords);
    if (version.records() > RowRecords.MAX_RECORDS) {
      throw new ProblemException(
          ProblemType.WRONG_STATE,
          "The product has more records than can be looked up one by one.",
          Map.of("maxRecords", RowRecords.MAX_RECORDS));
    }
    String id = id(product.id(), by, allowed.columns());
    var table =
        locking.table(
            contract.state().id(),
            id,
            version.number(),
            () -> RowRecords.of(by, names(allowed.columns()), rows(product, version, allowed)));
    return new TicketSubject(
        new Ruling.Allowed(allowed.permit()),
        bundle,
        id,
        version.number(),
        table.terms().entries(),
        1,
        Long.SIZE - 1,
        table.root(),
        Optional.empty(),
        Optional.of(table.terms()));
  }

  private List<List<Optional<String>>> rows(
      ProductTerms product, DataVersion version, Decided.Allowed allowed) {
    return records.rows(
        allowed.permit(), product.id(), clock.instant(), version, allowed.columns());
  }

  /** Nothing is said of what may not be read. */
  private TicketSubject subject(Ruling denied) {
    return new TicketSubject(
        denied,
        bundle,
        "0".repeat(ID_DIGITS),
        0,
        0,
        1,
        Long.SIZE - 1,
        "",
        Optional.empty(),
        Optional.<LookupTerms>empty());
  }

  private static List<String> names(List<Column> columns) {
    return columns.stream().map(Column::name).toList();
  }

  private static String id(ProductId product, By by, List<Column> columns) {
    return Json.sha256Hex(Json.canonical(new Definition(product, by, names(columns))))
        .substring(0, ID_DIGITS);
  }

  private static ProblemException noRecords() {
    return new ProblemException(
        ProblemType.WRONG_STATE, "The product has no records here yet, or none any more.");
  }
}

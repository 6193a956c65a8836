package dev.weir.query.he;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.ProductId;
import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.request.UseCounts;
import dev.weir.query.contract.ContractBook;
import dev.weir.query.he.lookup.CellRecords;
import dev.weir.query.he.lookup.LockedTable;
import dev.weir.query.he.lookup.TableLocking;
import dev.weir.query.rollup.Epoch;
import dev.weir.query.rollup.EpochDecision;
import dev.weir.query.rollup.EpochDecision.Asking;
import dev.weir.query.rollup.EpochStore;
import dev.weir.query.rollup.RollupSpec;
import dev.weir.runtime.sql.Database;
import java.util.Map;
import java.util.Optional;

/** Questions about the newest released cells of a product. Thread-safe. */
final class CellSubjects {
  private final Database database;
  private final EpochStore epochs;
  private final EpochDecision decision;
  private final TableLocking locking;

  CellSubjects(Database database, EpochStore epochs, EpochDecision decision, TableLocking locking) {
    this.database = database;
    this.epochs = epochs;
    this.decision = decision;
    this.locking = locking;
  }

  /**
   * @throws ProblemException when the product keeps no cells, or too many to be looked up, and of
   *     type {@link ProblemType#NOT_READY} before its first ones are released
   */
  TicketSubject of(
      ContractBook.Entry contract,
      ProductTerms product,
      Map<ProductId, UseCounts> uses,
      Asking asking,
      QuestionKind kind) {
    var spec = RollupSpec.of(product).orElseThrow(CellSubjects::noRollup);
    var epoch =
        database
            .asService(
                "he.epoch", handle -> epochs.newest(handle, contract.state().id(), spec.id()))
            .orElseThrow(CellSubjects::notYet);
    Ruling ruling =
        switch (decision.decide(contract, product, spec, uses, asking)) {
          case EpochDecision.Decided.Allowed allowed -> new Ruling.Allowed(allowed.permit());
          case EpochDecision.Decided.Denied denied ->
              new Ruling.Denied(denied.rule(), denied.result());
        };
    var table =
        kind.looksUp() && ruling instanceof Ruling.Allowed
            ? Optional.of(locked(epoch, spec))
            : Optional.<LockedTable>empty();
    return new TicketSubject(
        ruling,
        decision.bundleVersion(),
        spec.id(),
        epoch.dataVersion(),
        epoch.cells(),
        epoch.width(),
        epoch.cellBits(),
        table.map(LockedTable::root).orElse(epoch.root()),
        Optional.of(spec),
        table.map(LockedTable::terms));
  }

  private LockedTable locked(Epoch epoch, RollupSpec spec) {
    if (epoch.cells() > CellRecords.MAX_CELLS || epoch.width() > CellRecords.MAX_WIDTH) {
      throw new ProblemException(
          ProblemType.WRONG_STATE,
          "The product has more cells than can be looked up one by one; ask for sums.",
          Map.of("maxCells", CellRecords.MAX_CELLS));
    }
    return locking.table(
        epoch.contractId(),
        epoch.rollupId(),
        epoch.dataVersion(),
        () ->
            CellRecords.of(
                epoch,
                spec,
                database.asService("he.cells", handle -> epochs.cells(handle, epoch))));
  }

  private static ProblemException noRollup() {
    return new ProblemException(
        ProblemType.WRONG_STATE, "The product keeps no cells for encrypted questions.");
  }

  private static ProblemException notYet() {
    return new ProblemException(
        ProblemType.NOT_READY, "No cells have been released under this contract yet.");
  }
}

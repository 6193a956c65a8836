package dev.weir.aggregation.collect;

import dev.weir.aggregation.task.AggregationTask;
import dev.weir.dap.wire.Bytes;
import dev.weir.kernel.LineageId;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What this aggregator released: each batch content once, with its noised share and its charge.
 * Every method works in the caller's transaction.
 */
final class PostgresReleases {
  private PostgresReleases() {}

  /** The noised share that was drawn for the same content. */
  static Optional<Bytes> noised(Handle handle, Bytes canonical) {
    return handle
        .createQuery("select noised_share from releases where canonical = :canonical")
        .bind("canonical", canonical.toArray())
        .map((row, context) -> Bytes.owning(row.getBytes("noised_share")))
        .findOne();
  }

  /**
   * Charges a batch to this aggregator's own account of contract and lineage and keeps its noised
   * share.
   *
   * @param allotted what the contract holds of the lineage, ρ·10⁻⁹
   * @return with nothing changed, unless it was charged
   */
  static Charge charge(
      Handle handle,
      AggregationTask task,
      Bytes canonical,
      Bytes noised,
      LineageId lineage,
      long allotted,
      Instant at) {
    var contract = task.terms().contractId().value();
    handle
        .createQuery("select pg_advisory_xact_lock(hashtextextended(:contract, 1))::text")
        .bind("contract", contract.toString())
        .mapTo(String.class)
        .one();
    if (task.terms().rounds().filter(most -> count(handle, task) >= most).isPresent()) {
      return Charge.NO_ROUND_LEFT;
    }
    int charged =
        handle
            .createUpdate(
                """
                insert into releases
                  (canonical, task_id, contract_id, lineage_id, nano_rho, noised_share, at)
                select :canonical, :task, :contract, :lineage, :nanoRho, :noised, :at
                where :allotted - :nanoRho >=
                  (select coalesce(sum(nano_rho), 0) from releases
                   where contract_id = :contract
                     and (lineage_id = :lineage or lineage_id is null))
                """)
            .bind("canonical", canonical.toArray())
            .bind("task", task.id().bytes().toArray())
            .bind("contract", contract)
            .bind("lineage", lineage.value())
            .bind("nanoRho", task.terms().nanoRho())
            .bind("noised", noised.toArray())
            .bind("at", at)
            .bind("allotted", allotted)
            .execute();
    return charged == 1 ? Charge.CHARGED : Charge.NOT_COVERED;
  }

  private static long count(Handle handle, AggregationTask task) {
    return handle
        .createQuery("select count(*) from releases where task_id = :task")
        .bind("task", task.id().bytes().toArray())
        .mapTo(Long.class)
        .one();
  }

  /** How a charge ended. */
  enum Charge {
    CHARGED,
    /** The contract's allotment does not cover it. */
    NOT_COVERED,
    /** As many batches of the task as its terms allow were charged before. */
    NO_ROUND_LEFT
  }

  /** The share leaves: from now on the database lets nobody change or remove it. */
  static void released(Handle handle, Bytes canonical, Instant at) {
    handle
        .createUpdate(
            """
            update releases set released_at = :at
            where canonical = :canonical and released_at is null
            """)
        .bind("at", at)
        .bind("canonical", canonical.toArray())
        .execute();
  }

  /** Undoes a charge whose share never left, because the operation domain's ledger refused. */
  static void forget(Handle handle, Bytes canonical) {
    handle
        .createUpdate("delete from releases where canonical = :canonical and released_at is null")
        .bind("canonical", canonical.toArray())
        .execute();
  }
}

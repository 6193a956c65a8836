package dev.weir.aggregation.collect;

import dev.weir.aggregation.collect.CollectionRow.Failure;
import dev.weir.aggregation.policy.UsageGate;
import dev.weir.aggregation.policy.UsageGate.Verdict;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireWriter;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.QueryId;
import dev.weir.runtime.ledger.CollectionCharge;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The one way out of an aggregator, in three steps that may each be repeated. {@link #draw}: the
 * policy allows it, noise is drawn, and the noised share is kept in the transaction that charges
 * this aggregator's own account. {@link #charge}: the ledger of the operation domain charges the
 * contract's one account. {@link #release}: the share is sealed for the collector and the leaf is
 * written. The first noised share of a batch is the only one there will ever be. Thread-safe.
 */
final class ShareRelease {
  private final UsageGate gate;
  private final DomainLedger ledger;
  private final Noise noise;
  private final ShareSeal seal;
  private final CollectionEvidence evidence;
  private final InstantSource clock;
  private final ReleasePoint.Probe probe;

  ShareRelease(
      UsageGate gate,
      DomainLedger ledger,
      Noise noise,
      ShareSeal seal,
      CollectionEvidence evidence,
      InstantSource clock,
      ReleasePoint.Probe probe) {
    this.gate = gate;
    this.ledger = ledger;
    this.noise = noise;
    this.seal = seal;
    this.evidence = evidence;
    this.clock = clock;
    this.probe = probe;
  }

  /** Draws and charges our own account, unless that was done; otherwise why not. */
  Optional<Failure> draw(Handle handle, AggregationTask task, CollectionRow row, BatchSum batch) {
    return switch (gate.decide(task, row.askedBy())) {
      case Verdict.Refused(String result, String rule, String bundle) -> policy(rule);
      case Verdict.Allowed allowed ->
          switch (drawn(handle, task, row, batch, allowed)) {
            case CHARGED -> Optional.empty();
            case NOT_COVERED ->
                failure(
                    ProblemType.BUDGET_EXHAUSTED, "The allotment does not cover this collection.");
            case NO_ROUND_LEFT ->
                failure(
                    ProblemType.BUDGET_EXHAUSTED, "All rounds of the task have been collected.");
          };
    };
  }

  private PostgresReleases.Charge drawn(
      Handle handle,
      AggregationTask task,
      CollectionRow row,
      BatchSum batch,
      Verdict.Allowed allowed) {
    Bytes canonical = canonical(task, row, batch);
    if (PostgresReleases.noised(handle, canonical).isPresent()) {
      return PostgresReleases.Charge.CHARGED;
    }
    Bytes noised = noise.addTo(task, batch.sum().share());
    probe.reach(ReleasePoint.DRAWN);
    var charged =
        PostgresReleases.charge(
            handle,
            task,
            canonical,
            noised,
            allowed.lineage(),
            allowed.allottedNanoRho(),
            clock.instant());
    probe.reach(ReleasePoint.CHARGED);
    return charged;
  }

  /**
   * Has the ledger of the operation domain charge the batch; call it outside a transaction.
   *
   * @throws dev.weir.kernel.ProblemException of type {@code UNAVAILABLE} when it may or may not
   *     have charged: ask again
   */
  Optional<Failure> charge(AggregationTask task, CollectionRow row, BatchSum batch) {
    return switch (gate.decide(task, row.askedBy())) {
      case Verdict.Refused(String result, String rule, String bundle) -> policy(rule);
      case Verdict.Allowed allowed ->
          ledger.charge(
              new CollectionCharge(
                  new QueryId(row.id().value()),
                  task.terms().contractId(),
                  task.terms().collector(),
                  row.askedBy(),
                  canonical(task, row, batch).hex(),
                  allowed.lineage(),
                  task.terms().productId(),
                  task.terms().nanoRho(),
                  allowed.limits().stream().map(CollectionCharge.Limit::of).toList(),
                  allowed.bundle()));
    };
  }

  /** Seals what was drawn and charged, or says why it may not leave after all. */
  Outcome release(Handle handle, AggregationTask task, CollectionRow row, BatchSum batch) {
    return switch (gate.decide(task, row.askedBy())) {
      case Verdict.Refused(String result, String rule, String bundle) ->
          new Outcome.Refused(policy(rule).orElseThrow());
      case Verdict.Allowed allowed -> {
        Bytes noised =
            PostgresReleases.noised(handle, canonical(task, row, batch))
                .orElseThrow(() -> new IllegalStateException("nothing was drawn for the batch"));
        yield new Outcome.Released(sealed(handle, task, row, batch, allowed, noised));
      }
    };
  }

  /** Undoes {@link #draw} for a batch that the ledger would not charge. */
  void forget(Handle handle, AggregationTask task, CollectionRow row, BatchSum batch) {
    PostgresReleases.forget(handle, canonical(task, row, batch));
  }

  /** How a release ended. */
  sealed interface Outcome {
    record Released(CollectionRow.Result result) implements Outcome {}

    record Refused(Failure failure) implements Outcome {}
  }

  private CollectionRow.Result sealed(
      Handle handle,
      AggregationTask task,
      CollectionRow row,
      BatchSum batch,
      Verdict.Allowed allowed,
      Bytes noised) {
    evidence.released(
        handle,
        task,
        row,
        batch,
        noised,
        allowed.result(),
        allowed.rule(),
        allowed.bundle(),
        clock.instant());
    PostgresReleases.released(handle, canonical(task, row, batch), clock.instant());
    var sealed = seal.seal(task, row.request(), noised).encoded();
    var result = CollectionRow.Result.of(batch.sum(), sealed);
    PostgresCollectionStore.result(handle, row.id(), result);
    probe.reach(ReleasePoint.STORED);
    return result;
  }

  /** The same at both aggregators when they have counted the same reports. */
  private static Bytes canonical(AggregationTask task, CollectionRow row, BatchSum batch) {
    return new WireWriter()
        .message(task.id())
        .message(row.batch())
        .u64(batch.sum().reports())
        .raw(batch.sum().checksum())
        .toBytes()
        .sha256();
  }

  private static Optional<Failure> policy(String rule) {
    return failure(ProblemType.POLICY_REFUSED, "The contract's policy says no: " + rule + ".");
  }

  private static Optional<Failure> failure(ProblemType problem, String detail) {
    return Optional.of(new Failure(problem, detail));
  }
}

package dev.weir.aggregation.collect;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.aggregation.policy.UsageGate;
import dev.weir.aggregation.policy.UsageGate.Verdict;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireWriter;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.QueryId;
import dev.weir.runtime.json.Json;
import dev.weir.runtime.ledger.Charge;
import dev.weir.runtime.ledger.Ledger;
import dev.weir.runtime.ledger.Spend;
import dev.weir.runtime.ledger.SpendRequest;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * The one way out of an aggregator. In one transaction: the policy allows it, the ledger is charged
 * for (task, batch, what the batch holds), the noised share is stored in the ledger and sealed into
 * the collection, the leaves are written. The first noised share of a batch is the only one there
 * will ever be. Thread-safe.
 */
final class ShareRelease {
  private static final long VERSION = 1;

  private final UsageGate gate;
  private final Ledger ledger;
  private final Noise noise;
  private final ShareSeal seal;
  private final CollectionEvidence evidence;
  private final InstantSource clock;
  private final ReleasePoint.Probe probe;

  ShareRelease(
      UsageGate gate,
      Ledger ledger,
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

  /** How a release ended. */
  sealed interface Outcome {
    record Released(CollectionRow.Result result) implements Outcome {}

    /**
     * @param bundle version of the policy bundle that decided
     */
    record Refused(CollectionRow.Failure failure) implements Outcome {}
  }

  /** Everything or nothing, with the transaction. */
  Outcome release(Handle handle, AggregationTask task, CollectionRow row, BatchSum batch) {
    return switch (gate.decide(task, row.askedBy())) {
      case Verdict.Refused(String result, String rule, String bundle) ->
          refused(ProblemType.POLICY_REFUSED, "The contract's policy says no: " + rule + ".");
      case Verdict.Allowed allowed -> charge(handle, task, row, batch, allowed);
    };
  }

  private Outcome charge(
      Handle handle,
      AggregationTask task,
      CollectionRow row,
      BatchSum batch,
      Verdict.Allowed allowed) {
    Bytes noised = noise.addTo(task, batch.sum().share());
    probe.reach(ReleasePoint.DRAWN);
    var spend = ledger.spend(handle, request(task, row, batch, allowed, noised));
    probe.reach(ReleasePoint.CHARGED);
    return switch (spend) {
      case Spend.Spent spent -> released(handle, task, row, batch, allowed, noised);
      case Spend.Replayed(var answer) ->
          released(handle, task, row, batch, allowed, Answer.read(answer.answer()));
      case Spend.Exhausted exhausted ->
          refused(ProblemType.BUDGET_EXHAUSTED, "The allotment does not cover this collection.");
      case Spend.QuotaExhausted quota ->
          refused(ProblemType.QUOTA_EXHAUSTED, "The quota is used up: " + quota.rule() + ".");
      case Spend.ProductStopped stopped ->
          refused(ProblemType.CONTRACT_ENDED, "The provider has stopped the product.");
      case Spend.Closed closed -> refused(ProblemType.CONTRACT_ENDED, "The contract has ended.");
    };
  }

  private Outcome released(
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
    var sealed = seal.seal(task, row.request(), noised).encoded();
    var result = CollectionRow.Result.of(batch.sum(), sealed);
    PostgresCollectionStore.result(handle, row.id(), result);
    probe.reach(ReleasePoint.STORED);
    return new Outcome.Released(result);
  }

  private static SpendRequest request(
      AggregationTask task,
      CollectionRow row,
      BatchSum batch,
      Verdict.Allowed allowed,
      Bytes noised) {
    var canonical =
        new WireWriter()
            .message(task.id())
            .message(row.batch())
            .u64(batch.sum().reports())
            .raw(batch.sum().checksum())
            .toBytes()
            .sha256()
            .hex();
    return new SpendRequest(
        new QueryId(row.id().value()),
        task.terms().contractId(),
        task.terms().collector(),
        row.askedBy(),
        canonical,
        SpendRequest.sorted(Map.of(allowed.lineage(), VERSION)),
        List.of(new Charge(allowed.lineage(), task.terms().nanoRho(), 0)),
        allowed.limits(),
        new Answer(Base64Url.encode(noised)).json(),
        List.of(),
        allowed.bundle(),
        List.of(task.terms().productId()));
  }

  private static Outcome refused(ProblemType problem, String detail) {
    return new Outcome.Refused(new CollectionRow.Failure(problem, detail));
  }

  /**
   * What the ledger keeps.
   *
   * @param noisedShare in base64url; a half that says nothing without the other
   */
  private record Answer(String noisedShare) {
    static Bytes read(String json) {
      try {
        return Base64Url.decode(Json.mapper().readValue(json, Answer.class).noisedShare);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a stored answer cannot be read", e);
      }
    }

    String json() {
      return new String(Json.canonical(this), StandardCharsets.UTF_8);
    }
  }
}

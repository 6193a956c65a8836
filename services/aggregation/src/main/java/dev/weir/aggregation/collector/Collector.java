package dev.weir.aggregation.collector;

import dev.weir.aggregation.task.PublicTask;
import dev.weir.dap.client.CollectionLeader;
import dev.weir.dap.client.DapAnswerException;
import dev.weir.dap.client.HttpAggregator.Collection;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.collection.CollectionJobResp;
import dev.weir.dap.collection.Query;
import dev.weir.dap.collector.ShareOpening;
import dev.weir.dap.task.TimeInterval;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.privacy.account.GaussianError;
import dev.weir.privacy.hpke.HpkePrivateKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Collects batches, step by step: asks the usage-control engine, asks the leader and asks again,
 * opens both shares, holds the sum against what is possible, keeps it, and only then lets the
 * leader forget. Killed between any two steps it goes on where it was: the request's bytes were
 * kept before they were sent, and the leader finds the same collection for them. Confined.
 */
public final class Collector {
  private static final long LAST_SECOND = 253_402_300_799L; // of the year 9999

  private final CollectionJournal journal;
  private final CollectionLeader leader;
  private final HpkePrivateKey key;
  private final CollectorGate gate;

  /**
   * @param key owned by the caller
   */
  public Collector(
      CollectionJournal journal, CollectionLeader leader, HpkePrivateKey key, CollectorGate gate) {
    this.journal = journal;
    this.leader = leader;
    this.key = key;
    this.gate = gate;
  }

  /** Where a collection stands. */
  public sealed interface Outcome {
    /** The leader has no answer yet. */
    record Waiting() implements Outcome {}

    record Collected(CollectedBatch batch) implements Outcome {}

    /**
     * @param rule of the policy, or the type of the leader's problem
     */
    record Refused(String rule) implements Outcome {}
  }

  /** The collection that a request stands for; kept from now on. */
  public KeptCollection open(PublicTask task, Query query) {
    return journal.open(task.task().id(), CollectionJobReq.of(query));
  }

  /** Everything that was asked for, by earlier processes too. */
  public List<KeptCollection> all(PublicTask task) {
    return journal.all(task.task().id());
  }

  /** What an earlier process began and did not end. */
  public List<KeptCollection> underWay(PublicTask task) {
    return journal.underWay(task.task().id());
  }

  /**
   * Takes a collection as far as it goes without waiting.
   *
   * @throws DapAnswerException when the leader cannot be reached now; nothing is lost
   * @throws dev.weir.kernel.ProblemException of type {@code VALIDATION_FAILED} when a share does
   *     not open or is none of the task's, when the batch is too small or too large, or its
   *     interval none; the answer stays, and so does the leader's job
   */
  public Outcome step(PublicTask task, KeptCollection kept) {
    if (kept.refusal().isPresent()) {
      return new Outcome.Refused(kept.refusal().get());
    }
    if (kept.result().isEmpty()) {
      try {
        var answer = answer(task, kept);
        if (answer.isEmpty()) {
          return kept.refusal().<Outcome>map(Outcome.Refused::new).orElseGet(Outcome.Waiting::new);
        }
        kept.collected(opened(task, kept.request(), answer.get()));
      } catch (DapAnswerException problem) {
        if (problem.isPassing()) {
          throw problem;
        }
        kept.refused(problem.type().isEmpty() ? "status " + problem.status() : problem.type());
        return new Outcome.Refused(kept.refusal().orElseThrow());
      }
    }
    forget(kept);
    return new Outcome.Collected(kept.result().orElseThrow().decodedBy(task.noise()));
  }

  private Optional<CollectionJobResp> answer(PublicTask task, KeptCollection kept) {
    if (kept.answer().isPresent()) {
      return kept.answer();
    }
    var known = kept.asked();
    if (known.isEmpty()) {
      var refusal = gate.refusal(task.terms());
      if (refusal.isPresent()) {
        kept.refused(refusal.get());
        return Optional.empty();
      }
    }
    Collection collection =
        known.isPresent()
            ? leader.ask(known.get())
            : leader.collect(task.task().id(), kept.request());
    if (known.isEmpty()) {
      kept.asked(collection);
    }
    collection.answer().ifPresent(kept::answered);
    return collection.answer();
  }

  private CollectedBatch opened(
      PublicTask task, CollectionJobReq request, CollectionJobResp answer) {
    var interval = answer.interval();
    long precision = task.task().configuration().timePrecisionSeconds();
    if (Long.compareUnsigned(answer.reports(), task.mostReports()) > 0
        || !interval.isSound()
        || Long.compareUnsigned(interval.start() + interval.duration(), LAST_SECOND / precision)
            > 0) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED,
          "The leader's count of reports, or their interval, is none that the task can have.");
    }
    var values = new ShareOpening(task.task(), key).open(request, answer);
    var alerts = new ArrayList<>(new Plausibility(task.noise()).alerts(answer.reports(), values));
    if (request.query() instanceof Query.OfInterval(TimeInterval asked)
        && !asked.contains(interval)) {
      alerts.add(Alert.OUTSIDE_THE_QUERY);
    }
    var batch =
        new CollectedBatch(
            task.task().id(),
            request.encoded().sha256().hex(),
            answer.reports(),
            Instant.ofEpochSecond(interval.start() * precision),
            Instant.ofEpochSecond((interval.start() + interval.duration()) * precision),
            values,
            GaussianError.anyHalfWidth95(task.noise().varianceOfBoth()),
            alerts,
            task.terms().notice(),
            Optional.empty());
    return batch.decodedBy(task.noise());
  }

  /** The result is safe. A leader that has forgotten already, or says no, is not asked again. */
  private void forget(KeptCollection kept) {
    if (kept.isOver()) {
      return;
    }
    try {
      kept.asked().ifPresent(leader::forget);
    } catch (DapAnswerException problem) {
      if (problem.isPassing()) {
        throw problem;
      }
    }
    kept.forgotten();
  }
}

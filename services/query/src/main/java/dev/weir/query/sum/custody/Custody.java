package dev.weir.query.sum.custody;

import dev.weir.he.HeException;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.QueryId;
import dev.weir.privacy.noise.DiscreteGaussian;
import dev.weir.query.sum.CustodianKey;
import dev.weir.query.sum.CustodyRules;
import dev.weir.query.sum.SignedSum;
import dev.weir.query.sum.SumBatch;
import dev.weir.query.sum.SumRefusal;
import dev.weir.query.sum.SumTask;
import dev.weir.query.sum.custody.PostgresSums.Kept;
import dev.weir.query.sum.custody.SumGate.Verdict;
import dev.weir.query.sum.custody.SumOutcome.State;
import dev.weir.runtime.json.Json;
import dev.weir.runtime.ledger.Charges;
import dev.weir.runtime.ledger.CollectionCharge;
import dev.weir.runtime.sql.Database;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears the adders and releases a sum once. A batch goes one way and never back: both messages are
 * kept; the rules and the contract's policy allow it or refuse it for good; the noised total is
 * stored in the transaction that charges our own account; the ledger of the operation domain
 * charges the contract; the leaf is written and the total may be read. Whatever dies between two
 * steps, the first total stored is the only one there will ever be. A decryption that fails ends
 * the batch: nothing is tried again and nothing given back. Thread-safe.
 */
final class Custody {
  private static final Logger LOG = LoggerFactory.getLogger(Custody.class);

  private final Database database;
  private final SumTasks tasks;
  private final CustodyRules rules;
  private final SumGate gate;
  private final Charges ledger;
  private final BiFunction<SumTask, SignedSum, BigInteger> opener;
  private final SumEvidence evidence;
  private final InstantSource clock;
  private final SumPoint.Probe probe;

  /**
   * @param opener the noised total of a sum that passed the rules
   */
  Custody(
      Database database,
      SumTasks tasks,
      CustodyRules rules,
      SumGate gate,
      Charges ledger,
      BiFunction<SumTask, SignedSum, BigInteger> opener,
      SumEvidence evidence,
      InstantSource clock,
      SumPoint.Probe probe) {
    this.database = database;
    this.tasks = tasks;
    this.rules = rules;
    this.gate = gate;
    this.ledger = ledger;
    this.opener = opener;
    this.evidence = evidence;
    this.clock = clock;
    this.probe = probe;
  }

  /** Decrypts and adds one exact draw of noise; draws another one each time it is asked. */
  static BiFunction<SumTask, SignedSum, BigInteger> noised(CustodianKey key, SecureRandom random) {
    return (task, sum) ->
        key.total(sum.ciphertext())
            .add(new DiscreteGaussian(task.noiseVariance(), random).sample());
  }

  /**
   * Takes one message of an adder; the same message any number of times.
   *
   * @throws ProblemException of type {@code UNAVAILABLE}: hand the message in again later
   */
  void take(byte[] message) {
    var sum = SignedSum.read(message);
    var task = sum.flatMap(one -> tasks.find(one.statement().batch().task()));
    if (sum.isEmpty() || task.isEmpty()) {
      var reason = sum.isEmpty() ? SumRefusal.MALFORMED : SumRefusal.UNKNOWN_TASK;
      LOG.warn("message of an adder left out reason={}", reason.label());
      return;
    }
    take(task.get(), sum.get(), message);
  }

  private void take(SumTask task, SignedSum sum, byte[] message) {
    var batch = sum.statement().batch();
    String sha256 = Json.sha256Hex(message);
    var unsigned = CustodyRules.refusal(task, sum);
    if (unsigned.isPresent()) {
      turnAway(task, batch, sha256, unsigned.get(), unsigned.get().label());
      return;
    }
    var mine = new Kept(sum.signed().adder().value(), sum.statement().sha256(), message);
    if (!keep(batch, mine)) {
      turnAway(
          task, batch, sha256, SumRefusal.REPLAYED, mine.adder() + " " + mine.statementSha256());
      return;
    }
    advance(task, batch);
  }

  /** True when this is the first that the adder said of the batch, or it said the same before. */
  private boolean keep(SumBatch batch, Kept mine) {
    return database.asService(
        "sum.keep",
        handle -> {
          PostgresSums.lock(handle, batch);
          PostgresSums.keep(handle, batch, mine);
          return PostgresSums.kept(handle, batch).stream()
              .anyMatch(kept ->
                  kept.adder().equals(mine.adder())
                      && kept.statementSha256().equals(mine.statementSha256()));
        });
  }

  private void advance(SumTask task, SumBatch batch) {
    var outcome = find(batch);
    if (outcome.isEmpty()) {
      var both = both(batch);
      if (both.size() < 2) {
        return; // the other adder has not spoken
      }
      draw(task, batch, both);
      outcome = find(batch);
    }
    if (outcome.filter(one -> one.state() == State.KEPT).isPresent()) {
      charge(task, outcome.get());
    }
  }

  private void draw(SumTask task, SumBatch batch, List<SignedSum> both) {
    var statement = both.getFirst().statement();
    var refusal = rules.refusal(task, both.getFirst(), both.getLast());
    var end =
        new SumOutcome(
            batch,
            State.REFUSED,
            statement.sha256(),
            statement.producers(),
            statement.inputs().size(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            clock.instant());
    if (refusal.isPresent()) {
      refuse(task, end, refusal.get().label());
      return;
    }
    switch (gate.decide(task)) {
      case Verdict.Denied denied -> refuse(task, end, denied.rule());
      case Verdict.Allowed allowed -> draw(task, end, both.getFirst(), allowed);
    }
  }

  private void draw(SumTask task, SumOutcome end, SignedSum sum, Verdict.Allowed allowed) {
    BigInteger noised;
    try {
      noised = opener.apply(task, sum);
    } catch (HeException e) {
      refuse(task, end, SumRefusal.FAILED.label());
      return;
    }
    probe.reach(SumPoint.DRAWN);
    var drawn =
        new SumOutcome(
            end.batch(),
            State.KEPT,
            end.statementSha256(),
            end.producers(),
            end.inputs(),
            Optional.of(noised),
            Optional.empty(),
            Optional.empty(),
            end.at());
    boolean covered =
        database.asService(
            "sum.draw",
            handle -> {
              PostgresSums.lock(handle, end.batch());
              boolean there = PostgresSums.outcome(handle, end.batch()).isPresent();
              boolean stored = there || PostgresSums.draw(handle, task, drawn, allowed.allotted());
              probe.reach(SumPoint.STORED);
              return stored;
            });
    if (!covered) {
      refuse(task, end, SumRefusal.BUDGET.label());
    }
    probe.reach(SumPoint.KEPT);
  }

  private void charge(SumTask task, SumOutcome kept) {
    switch (gate.decide(task)) {
      case Verdict.Denied denied -> refuse(task, kept, denied.rule());
      case Verdict.Allowed allowed -> {
        var refused = ledger.charge(charge(task, kept, allowed));
        if (refused.isPresent()) {
          refuse(task, kept, refused.get().type().slug());
          return;
        }
        probe.reach(SumPoint.CHARGED);
        release(task, kept, allowed);
      }
    }
  }

  private void release(SumTask task, SumOutcome kept, Verdict.Allowed allowed) {
    database.asService(
        "sum.release",
        handle -> {
          PostgresSums.lock(handle, kept.batch());
          if (isKept(handle, kept.batch())) {
            var at = clock.instant();
            var leaf = evidence.released(handle, task, kept, allowed, at);
            PostgresSums.release(handle, kept.batch(), leaf, at);
            PostgresSums.dropMessages(handle, kept.batch());
          }
          return true;
        });
  }

  private static boolean isKept(Handle handle, SumBatch batch) {
    return PostgresSums.outcome(handle, batch).filter(one -> one.state() == State.KEPT).isPresent();
  }

  /** Ends the batch, unless it has ended. */
  private void refuse(SumTask task, SumOutcome end, String reason) {
    database.asService(
        "sum.refuse",
        handle -> {
          PostgresSums.lock(handle, end.batch());
          var before = PostgresSums.outcome(handle, end.batch());
          if (before.isEmpty() || before.get().state() == State.KEPT) {
            var at = clock.instant();
            var figures = SumEvidence.figures(task, end);
            var leaf = evidence.refused(handle, task, end.batch(), reason, at, figures);
            PostgresSums.refuse(handle, task, refused(end, reason, leaf, at));
            PostgresSums.dropMessages(handle, end.batch());
          }
          return true;
        });
  }

  private static SumOutcome refused(SumOutcome end, String reason, LeafId leaf, Instant at) {
    return new SumOutcome(
        end.batch(),
        State.REFUSED,
        end.statementSha256(),
        end.producers(),
        end.inputs(),
        Optional.empty(),
        Optional.of(reason),
        Optional.of(leaf),
        at);
  }

  /**
   * A message that changes nothing; its leaf is written once.
   *
   * @param said what makes it the same again
   */
  private void turnAway(
      SumTask task, SumBatch batch, String sha256, SumRefusal reason, String said) {
    LOG.warn("message of an adder refused task={} reason={}", task.id(), reason.label());
    database.asService(
        "sum.turn-away",
        handle -> {
          var at = clock.instant();
          if (PostgresSums.noteRefused(handle, batch, said, at)) {
            var figures = new TreeMap<String, String>();
            figures.put("messageSha256", sha256);
            evidence.refused(handle, task, batch, reason.label(), at, figures);
          }
          return true;
        });
  }

  private Optional<SumOutcome> find(SumBatch batch) {
    return database.asService("sum.find", handle -> PostgresSums.outcome(handle, batch));
  }

  /** What both adders sent, once they have. */
  private List<SignedSum> both(SumBatch batch) {
    return database.asService("sum.both", handle -> PostgresSums.kept(handle, batch)).stream()
        .flatMap(kept -> SignedSum.read(kept.message()).stream())
        .toList();
  }

  private static CollectionCharge charge(SumTask task, SumOutcome kept, Verdict.Allowed allowed) {
    String name = "weir-sum/" + kept.batch();
    return new CollectionCharge(
        new QueryId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))),
        task.contractId(),
        task.consumer(),
        "custodian",
        kept.statementSha256(),
        allowed.lineage(),
        task.productId(),
        task.nanoRho(),
        allowed.limits().stream().map(CollectionCharge.Limit::of).toList(),
        allowed.bundle());
  }
}

package dev.weir.query.job;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.ProblemType;
import dev.weir.policy.decision.EngineRule;
import dev.weir.policy.decision.Recheck;
import dev.weir.policy.product.ProductTerms;
import dev.weir.query.contract.ContractBook;
import dev.weir.query.plan.CheckedPlan;
import dev.weir.query.plan.ExactPlan;
import dev.weir.query.use.UseStore;
import dev.weir.runtime.ledger.CallLimit;
import dev.weir.runtime.ledger.Charge;
import dev.weir.runtime.ledger.Ledger;
import dev.weir.runtime.ledger.ReleasedCohort;
import dev.weir.runtime.ledger.Spend;
import dev.weir.runtime.ledger.SpendRequest;
import dev.weir.runtime.ledger.Standing;
import dev.weir.runtime.ledger.StoredAnswer;
import dev.weir.runtime.sql.Database;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The one way out of the domain. An answer leaves only after one transaction has charged the
 * budget, counted the quota, taken the meter reading, stored the answer and written its evidence;
 * when any of these fails, nothing leaves and nothing is charged. Thread-safe.
 */
final class ReleaseGate {
  private final Database database;
  private final QueryJobStore jobs;
  private final Ledger ledger;
  private final ContractBook contracts;
  private final Answering answering;
  private final QueryEvidence evidence;
  private final AnswerSlots slots;
  private final InstantSource clock;
  private final UseStore uses;

  ReleaseGate(
      Database database,
      QueryJobStore jobs,
      Ledger ledger,
      ContractBook contracts,
      Answering answering,
      QueryEvidence evidence,
      AnswerSlots slots,
      InstantSource clock,
      UseStore uses) {
    this.database = database;
    this.jobs = jobs;
    this.ledger = ledger;
    this.contracts = contracts;
    this.answering = answering;
    this.evidence = evidence;
    this.slots = slots;
    this.clock = clock;
    this.uses = uses;
  }

  /** How a release ended. */
  sealed interface Outcome {
    record Released() implements Outcome {}

    record Refused(RefusalView refusal) implements Outcome {}

    /** Stopped by its consumer, or by the end of its contract. */
    record Stopped(RefusalView why) implements Outcome {}
  }

  /** Whether every product of a plan has a sealed version here. */
  boolean hasRecords(CheckedPlan plan) {
    return answering.sources(plan).isPresent();
  }

  /** Whether the same question over the present versions was answered under the contract before. */
  boolean isAnswered(ContractId contract, CheckedPlan plan) {
    return answering.sources(plan).flatMap(sources -> stored(contract, plan, sources)).isPresent();
  }

  /** Where the contracts stand in the ledger now. */
  Map<ContractId, Standing> standings(Set<ContractId> contracts) {
    return database.asService("query.standings", handle -> ledger.standings(handle, contracts));
  }

  private Optional<StoredAnswer> stored(ContractId contract, CheckedPlan plan, Sources sources) {
    return database.asService(
        "query.stored",
        handle -> ledger.stored(handle, contract, plan.canonicalSha256(), sources.byLineage()));
  }

  /**
   * Computes and releases.
   *
   * @param job in state running
   * @param stopped why the query was stopped meanwhile, if it was
   */
  Outcome release(
      QueryJob job, Assessment.Cleared cleared, Supplier<Optional<RefusalView>> stopped) {
    long start = System.nanoTime();
    var sources = answering.sources(cleared.plan());
    if (sources.isEmpty()) {
      return new Outcome.Refused(
          RefusalView.of(ProblemType.UNAVAILABLE, "no-version", QueryTexts.NO_VERSION));
    }
    var before = stored(job.contractId(), cleared.plan(), sources.get());
    if (before.isEmpty() && hasTooManyRefusals(job.contractId(), cleared.plan())) {
      return new Outcome.Refused(
          RefusalView.of(
              ProblemType.QUOTA_EXHAUSTED, "max-telling-refusals", QueryTexts.TELLING_REFUSALS));
    }
    BooleanSupplier isStopped = () -> stopped.get().isPresent();
    Answering.Prepared prepared =
        before
            .<Answering.Prepared>map(
                stored -> new Answering.Prepared.Ready(stored.answer(), List.of()))
            .orElseGet(() ->
                answering.prepare(
                    job.id(), cleared.permit(), cleared.plan(), sources.get(), isStopped));
    slots.await(start, cleared.plan(), isStopped);
    return switch (prepared) {
      case Answering.Prepared.Refused refused -> new Outcome.Refused(refused.refusal());
      case Answering.Prepared.Ready ready ->
          compareAndCommit(job, cleared, sources.get(), ready, stopped);
    };
  }

  /** Whether an exact question is refused before the records are looked at. */
  private boolean hasTooManyRefusals(ContractId contract, CheckedPlan plan) {
    return plan instanceof ExactPlan
        && database.asService(
                "query.refused",
                handle -> jobs.refused(handle, contract, ExactAnswering.TELLING_RULES))
            >= ExactAnswering.MAX_TELLING_REFUSALS;
  }

  /** Comparing costs a scan: without a lock, and once more under it if another got in between. */
  private Outcome compareAndCommit(
      QueryJob job,
      Assessment.Cleared cleared,
      Sources sources,
      Answering.Prepared.Ready ready,
      Supplier<Optional<RefusalView>> stopped) {
    var earlier = database.asService("query.earlier", handle -> earlier(handle, job, ready));
    var tooClose =
        answering.compare(
            job, cleared, sources, ready.cohorts(), earlier, () -> stopped.get().isPresent());
    if (tooClose.isPresent()) {
      return new Outcome.Refused(tooClose.get());
    }
    Database.Work<Outcome> commit =
        handle -> commit(handle, job, cleared, sources, ready, earlier.size(), stopped);
    // A comparison under the lock takes its time; who does not need one does not wait for it.
    return ready.cohorts().isEmpty()
        ? database.asServiceSharing(job.contractId(), "query.release", commit)
        : database.asService("query.release", commit);
  }

  /** Exact cells are not laid over answers: who has the ones gets none of the others. */
  private boolean hasCells(Handle handle, QueryJob job, CheckedPlan plan) {
    var lineages =
        plan.products().stream().map(ProductTerms::lineageId).collect(Collectors.toSet());
    return !uses.exactRollups(handle, job.party(), lineages).isEmpty();
  }

  private List<ReleasedCohort> earlier(
      Handle handle, QueryJob job, Answering.Prepared.Ready ready) {
    return ready.cohorts().isEmpty()
        ? List.of()
        : ledger.released(handle, job.party(), ready.cohorts().getFirst().lineageId());
  }

  private Outcome commit(
      Handle handle,
      QueryJob job,
      Assessment.Cleared cleared,
      Sources sources,
      Answering.Prepared.Ready ready,
      int compared,
      Supplier<Optional<RefusalView>> stopped) {
    if (stopped.get().isPresent()) {
      return new Outcome.Stopped(stopped.get().get());
    }
    Optional<RefusalView> why = ended(job).or(() -> overCharge(cleared));
    if (why.isPresent()) {
      return new Outcome.Refused(why.get());
    }
    // Read under the ledger's lock, so no two releases miss each other.
    var earlier = earlier(handle, job, ready);
    if (!ready.cohorts().isEmpty() && hasCells(handle, job, cleared.plan())) {
      return new Outcome.Refused(
          RefusalView.of(ProblemType.GROUP_TOO_SMALL, "exact-cells-given", QueryTexts.CELLS));
    }
    if (earlier.size() != compared) {
      var tooClose =
          answering.compare(
              job, cleared, sources, ready.cohorts(), earlier, () -> stopped.get().isPresent());
      if (tooClose.isPresent()) {
        return new Outcome.Refused(tooClose.get());
      }
    }
    var spend =
        ledger.spend(
            handle,
            new SpendRequest(
                job.id(),
                job.contractId(),
                job.party(),
                job.subject(),
                cleared.plan().canonicalSha256(),
                SpendRequest.sorted(sources.byLineage()),
                charges(cleared),
                CallLimit.of(cleared.permit()),
                ready.answer(),
                ready.cohorts(),
                cleared.permit().bundleVersion(),
                job.products()));
    return switch (spend) {
      case Spend.Spent spent -> {
        var further = new TreeMap<String, String>();
        further.put("fen", Long.toString(spent.chargedFen()));
        further.put("nanoRho", Long.toString(nanoRho(cleared)));
        further.put("spendLeaf", spent.spendLeaf().toString());
        further.put("meterLeaf", spent.meterLeaf().toString());
        yield finish(
            handle, job, sources, ready.answer(), nanoRho(cleared), spent.chargedFen(), further);
      }
      case Spend.Replayed replayed -> {
        var further = new TreeMap<String, String>();
        further.put("fen", "0");
        further.put("nanoRho", "0");
        further.put("repeats", replayed.answer().requestId().toString());
        yield finish(handle, job, sources, replayed.answer().answer(), 0, 0, further);
      }
      case Spend.Exhausted exhausted -> new Outcome.Refused(shortfall(cleared, exhausted));
      case Spend.QuotaExhausted quota ->
          new Outcome.Refused(
              RefusalView.of(ProblemType.QUOTA_EXHAUSTED, quota.rule(), QueryTexts.QUOTA));
      case Spend.ProductStopped product ->
          new Outcome.Refused(
              RefusalView.of(
                  ProblemType.CONTRACT_ENDED, EngineRule.PRODUCT_STOPPED.id(), QueryTexts.STOPPED));
      case Spend.Closed closed ->
          new Outcome.Refused(
              RefusalView.of(
                  ProblemType.CONTRACT_ENDED, "contract-not-in-force", QueryTexts.STOPPED));
    };
  }

  private Outcome finish(
      Handle handle,
      QueryJob job,
      Sources sources,
      String answer,
      long nanoRho,
      long fen,
      TreeMap<String, String> further) {
    sources
        .byLineage()
        .forEach(
            (lineage, version) -> further.put("dataVersion." + lineage, Long.toString(version)));
    var receipt = evidence.release(handle, job, answer, further);
    var done = job.done(Answering.parse(answer), nanoRho, fen, receipt, clock.instant());
    if (!jobs.move(handle, QueryStatus.RUNNING, done)) {
      throw new IllegalStateException("the query ended while it was being released");
    }
    return new Outcome.Released();
  }

  private Optional<RefusalView> ended(QueryJob job) {
    boolean inForce =
        contracts
            .find(job.contractId())
            .filter(entry -> entry.facts().inForce() && entry.facts().domainActive())
            .filter(entry -> entry.facts().domainTerm().contains(clock.instant()))
            .filter(entry -> entry.state().terms().term().contains(clock.instant()))
            .filter(entry ->
                job.products().stream().noneMatch(entry.facts().stoppedProducts()::contains))
            .isPresent();
    return inForce
        ? Optional.empty()
        : Optional.of(
            RefusalView.of(
                ProblemType.CONTRACT_ENDED, "contract-not-in-force", QueryTexts.STOPPED));
  }

  /**
   * The charge can only have fallen since the decision: free calls and the ceiling make it smaller.
   */
  private static Optional<RefusalView> overCharge(Assessment.Cleared cleared) {
    return cleared.permit().rechecks().stream()
        .filter(Recheck.ChargeLimit.class::isInstance)
        .map(Recheck.ChargeLimit.class::cast)
        .filter(limit -> cleared.cost().fen() > limit.maxFen())
        .findFirst()
        .map(limit -> RefusalView.of(ProblemType.QUOTA_EXHAUSTED, limit.rule(), QueryTexts.QUOTA));
  }

  private static List<Charge> charges(Assessment.Cleared cleared) {
    return cleared.cost().costs().stream()
        .map(cost -> new Charge(cost.lineageId(), cost.nanoRho(), cost.picoDelta()))
        .toList();
  }

  private static RefusalView shortfall(Assessment.Cleared cleared, Spend.Exhausted exhausted) {
    return cleared.cost().costs().stream()
        .filter(cost -> cost.lineageId().equals(exhausted.lineageId()))
        .flatMap(cost ->
            Shortfall.of(
                cost,
                exhausted.remainingNanoRho(),
                exhausted.remainingPicoDelta(),
                cleared.plan().lineages().size())
                .stream())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the ledger refused what it covers"));
  }

  private static long nanoRho(Assessment.Cleared cleared) {
    return cleared.cost().costs().stream().mapToLong(Expected.LineageCost::nanoRho).sum();
  }
}

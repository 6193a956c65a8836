package dev.weir.query.job;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.QueryId;
import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.request.UseCounts;
import dev.weir.policy.usage.CheckedContract;
import dev.weir.policy.usage.LoadedPolicy;
import dev.weir.policy.usage.RefusedContract;
import dev.weir.policy.usage.UsageDecision;
import dev.weir.query.contract.ContractBook;
import dev.weir.query.plan.CheckedPlan;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.Page;
import dev.weir.runtime.http.PageRequest;
import dev.weir.runtime.ledger.AllotmentView;
import dev.weir.runtime.ledger.Ledger;
import dev.weir.runtime.ledger.Standing;
import dev.weir.runtime.sql.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Takes questions in, shows what became of them, and lets providers watch. Thread-safe. */
public final class QueryDesk {
  private static final int MAX_SQL_BYTES = 16 << 10;
  private static final double LEAST_RELATIVE_ERROR = 1e-6;
  private static final int MAX_PURPOSE_CHARACTERS = 128;

  private final Database database;
  private final QueryJobStore jobs;
  private final ContractBook contracts;
  private final Ledger ledger;
  private final Assessor assessor;
  private final QueryEvidence evidence;
  private final QueryRunner runner;
  private final InstantSource clock;

  QueryDesk(
      Database database,
      QueryJobStore jobs,
      ContractBook contracts,
      Ledger ledger,
      Assessor assessor,
      QueryEvidence evidence,
      QueryRunner runner,
      InstantSource clock) {
    this.database = database;
    this.jobs = jobs;
    this.contracts = contracts;
    this.ledger = ledger;
    this.assessor = assessor;
    this.evidence = evidence;
    this.runner = runner;
    this.clock = clock;
  }

  /**
   * Decides on a question and, when it may run, starts it. The decision and its evidence leaf
   * commit before anything runs.
   *
   * @param remoteAddress the peer's address as a literal
   * @param requestKey a repetition answers with the first request's query
   * @throws ProblemException {@code NOT_FOUND} when the contract is not the caller's to use, {@code
   *     INVALID_REQUEST}, {@code CONFLICT} when the key was used for another question, {@code
   *     UNAVAILABLE} when too many queries wait
   */
  public QueryView submit(
      Caller caller, String remoteAddress, Optional<String> requestKey, QueryRequest request) {
    check(request);
    var contract =
        contracts.findFor(caller.party(), request.contractId()).orElseThrow(QueryDesk::notFound);
    var known = requestKey.flatMap(key -> repeated(caller, key, request));
    if (known.isPresent()) {
      return QueryView.of(known.get(), Optional.empty());
    }
    var assessment = assess(caller, remoteAddress, contract, request);
    var job = job(caller, requestKey, request, contract, assessment);
    Supplier<Assessment> again =
        () ->
            contracts
                .findFor(caller.party(), request.contractId())
                .map(now -> assess(caller, remoteAddress, now, request))
                .orElseThrow(QueryDesk::notFound);
    return request.dryRun()
        ? dryRun(caller, job, assessment)
        : decide(caller, job, assessment, again);
  }

  private Assessment assess(
      Caller caller, String remoteAddress, ContractBook.Entry contract, QueryRequest request) {
    var position = database.asService("query.standing", handle -> position(handle, contract));
    return assessor.assess(
        caller,
        remoteAddress,
        contract.within(position.account(), clock.instant()),
        request,
        position.uses(),
        position.allotments(),
        plan -> runner.isAnswered(request.contractId(), plan));
  }

  public Page<QueryView> list(Caller caller, Optional<ContractId> contract, PageRequest page) {
    var found =
        database.inTransaction(
            caller, "query.list", handle -> jobs.list(handle, caller.party(), contract, page));
    var cut = Page.of(found, page, job -> Long.toString(job.sequence()));
    return new Page<>(
        cut.items().stream().map(job -> QueryView.of(job, Optional.empty())).toList(), cut.next());
  }

  public QueryView read(Caller caller, QueryId id) {
    return QueryView.of(own(caller, id), Optional.empty());
  }

  public QueryView cancel(Caller caller, QueryId id) {
    if (!own(caller, id).status().isFinal()) {
      runner.cancel(id, RefusalView.of(ProblemType.CONFLICT, "cancelled", QueryTexts.CANCELLED));
    }
    return read(caller, id);
  }

  public List<AllotmentView> allotments(Caller caller, ContractId contract) {
    if (contracts.findFor(caller.party(), contract).isEmpty()) {
      throw notFound();
    }
    return database.inTransaction(
        caller, "query.allotments", handle -> ledger.allotments(handle, contract));
  }

  private QueryJob own(Caller caller, QueryId id) {
    return database
        .inTransaction(caller, "query.read", handle -> jobs.find(handle, id))
        .filter(job -> job.party().equals(caller.party()))
        .orElseThrow(QueryDesk::notFound);
  }

  private QueryView decide(
      Caller caller, QueryJob job, Assessment assessment, Supplier<Assessment> again) {
    if (!(assessment instanceof Assessment.Cleared cleared)) {
      return QueryView.of(store(caller, job, assessment), assessment.expected());
    }
    runner.reserve();
    boolean started = false;
    try {
      QueryJob stored = store(caller, job, assessment);
      if (stored.id().equals(job.id())) {
        runner.start(stored, cleared, again);
        started = true;
      }
      return QueryView.of(stored, assessment.expected());
    } finally {
      if (!started) {
        runner.release();
      }
    }
  }

  private QueryJob store(Caller caller, QueryJob job, Assessment assessment) {
    return database.inTransaction(
        caller,
        "query.decide",
        handle -> {
          var decided = withReceipt(job, evidence.decision(handle, caller, job, assessment));
          return same(jobs.add(handle, decided), job.requestSha256());
        });
  }

  private QueryView dryRun(Caller caller, QueryJob job, Assessment assessment) {
    var leaf =
        database.inTransaction(
            caller, "query.dryRun", handle -> evidence.decision(handle, caller, job, assessment));
    return QueryView.dryRun(withReceipt(job, leaf), assessment.expected());
  }

  /** A refusal's receipt is its decision; an answer's will be its release. */
  private static QueryJob withReceipt(QueryJob job, LeafId decision) {
    return job.status() == QueryStatus.REFUSED
        ? job.ended(
            QueryStatus.REFUSED,
            job.refusal().orElseThrow(),
            Optional.of(decision),
            job.createdAt())
        : job;
  }

  private Optional<QueryJob> repeated(Caller caller, String key, QueryRequest request) {
    return database
        .inTransaction(
            caller, "query.repeated", handle -> jobs.findByKey(handle, caller.party(), key))
        .map(job -> same(job, request.sha256()));
  }

  /** One key stands for one request, whatever part of another one differs. */
  private static QueryJob same(QueryJob known, String requestSha256) {
    if (!known.requestSha256().equals(requestSha256)) {
      throw new ProblemException(
          ProblemType.CONFLICT, "The idempotency key was used for another question.");
    }
    return known;
  }

  private Position position(Handle handle, ContractBook.Entry contract) {
    ContractId id = contract.state().id();
    var products = contract.state().terms().products().stream().map(ProductTerms::id).toList();
    var windows = List.copyOf(windows(contract.policy()));
    Instant now = clock.instant();
    var since = Stream.concat(Stream.of(Instant.EPOCH), windows.stream().map(now::minus)).toList();
    var uses = new HashMap<ProductId, UseCounts>();
    jobs.answered(handle, id, products, since)
        .forEach((product, counts) -> uses.put(product, counts(windows, counts)));
    return new Position(
        uses,
        ledger.allotments(handle, id),
        ledger.standings(handle, Set.of(id)).getOrDefault(id, Standing.NONE));
  }

  private static UseCounts counts(List<Duration> windows, List<Long> counts) {
    var within = new HashMap<Duration, Long>();
    for (int i = 0; i < windows.size(); i++) {
      within.put(windows.get(i), counts.get(i + 1));
    }
    return new UseCounts(counts.getFirst(), within);
  }

  private static Set<Duration> windows(LoadedPolicy policy) {
    return switch (policy) {
      case CheckedContract checked -> checked.frequencyWindows();
      case RefusedContract refused -> Set.of();
    };
  }

  private QueryJob job(
      Caller caller,
      Optional<String> requestKey,
      QueryRequest request,
      ContractBook.Entry contract,
      Assessment assessment) {
    var plan =
        assessment instanceof Assessment.Cleared cleared
            ? Optional.of(cleared.plan())
            : Optional.<CheckedPlan>empty();
    var refused =
        assessment instanceof Assessment.Refused no
            ? Optional.of(no.refusal())
            : Optional.<RefusalView>empty();
    List<ProductTerms> touched =
        plan.map(CheckedPlan::products).orElse(contract.state().terms().products());
    var now = clock.instant();
    return new QueryJob(
        QueryId.random(),
        0,
        requestKey.orElseGet(() -> UUID.randomUUID().toString()),
        request.sha256(),
        request.contractId(),
        caller.party(),
        touched.stream().map(ProductTerms::provider).distinct().toList(),
        touched.stream().map(ProductTerms::id).toList(),
        caller.subject(),
        request.purpose(),
        request.sql(),
        plan.map(CheckedPlan::canonicalSha256),
        refused.isPresent() ? QueryStatus.REFUSED : QueryStatus.ACCEPTED,
        Optional.of(refused.isPresent() ? deny(assessment) : allow(assessment)),
        Optional.of(rule(assessment)),
        0,
        0,
        Optional.empty(),
        refused,
        Optional.empty(),
        now,
        refused.map(view -> now));
  }

  private static String allow(Assessment assessment) {
    return assessment.decision().map(UsageDecision::result).orElse("allow");
  }

  /** A plan or a budget that says no is a denial, whatever the contract's rules had allowed. */
  private static String deny(Assessment assessment) {
    return assessment
        .decision()
        .filter(
            made -> made instanceof UsageDecision.Deny || made instanceof UsageDecision.DefaultDeny)
        .map(UsageDecision::result)
        .orElse("deny");
  }

  private static String rule(Assessment assessment) {
    return switch (assessment) {
      case Assessment.Cleared cleared -> cleared.made().ruleId();
      case Assessment.Refused refused -> refused.refusal().reasons().getFirst().rule();
    };
  }

  private static void check(QueryRequest request) {
    boolean bad =
        request.sql().isBlank()
            || request.sql().getBytes(java.nio.charset.StandardCharsets.UTF_8).length
                > MAX_SQL_BYTES
            || request.purpose().isBlank()
            || request.purpose().length() > MAX_PURPOSE_CHARACTERS
            || (request.nanoRho().isPresent() && request.relativeError().isPresent())
            || request.nanoRho().filter(rho -> rho < 1).isPresent()
            || request
                .relativeError()
                .filter(error -> !(error >= LEAST_RELATIVE_ERROR && error <= 10))
                .isPresent()
            || request.picoDelta().filter(delta -> delta < 1 || delta > 1_000_000_000L).isPresent();
    if (bad) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          "A question has SQL of at most 16 KiB, a purpose of at most 128 characters, either a positive"
              + " nanoRho or a relativeError from 10⁻⁶ to 10, and a picoDelta from 1 to 10⁹.",
          Map.of("maxSqlBytes", MAX_SQL_BYTES));
    }
  }

  private static ProblemException notFound() {
    return new ProblemException(
        ProblemType.NOT_FOUND, "There is no such query or contract, or it is not yours to see.");
  }

  /** What the ledger and earlier queries say about a contract. */
  private record Position(
      Map<ProductId, UseCounts> uses, List<AllotmentView> allotments, Standing account) {}
}

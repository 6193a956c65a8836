package dev.weir.query.rollup;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.policy.product.ProductKind;
import dev.weir.policy.product.ProductTerms;
import dev.weir.query.contract.ContractBook;
import dev.weir.query.contract.Contracts;
import dev.weir.runtime.ledger.Ledger;
import dev.weir.runtime.ledger.Spend;
import dev.weir.runtime.sql.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes epochs: decides, draws, and in one transaction charges the allotment, stores the draw and
 * writes the evidence. A second closing of the same epoch finds the first one's draw; a draw that
 * did not commit was never seen by anybody. Drawing runs on an executor of its own, so that the
 * counting goes on. Thread-safe.
 */
final class EpochCloser implements EpochDesk {
  private static final Logger LOG = LoggerFactory.getLogger(EpochCloser.class);
  static final String SPOILT = "unreadable-record";
  static final String EXHAUSTED = "allotment";
  static final String ANSWERED = "exact-answers-given";
  static final String OTHERS = "exact-cells-given";

  private final Database database;
  private final Ledger ledger;
  private final Contracts contracts;
  private final EpochStore store;
  private final EpochDecision decision;
  private final EpochCells cells;
  private final EpochEvidence evidence;
  private final RollupFigures figures;
  private final InstantSource clock;
  private final ContractUses uses;
  private final Executor drawing;
  private final EpochPoint.Probe probe;
  private final Set<String> running = ConcurrentHashMap.newKeySet();

  EpochCloser(
      Database database,
      Ledger ledger,
      Contracts contracts,
      EpochStore store,
      EpochDecision decision,
      EpochCells cells,
      EpochEvidence evidence,
      RollupFigures figures,
      InstantSource clock,
      Executor drawing,
      EpochPoint.Probe probe) {
    this.database = database;
    this.ledger = ledger;
    this.contracts = contracts;
    this.store = store;
    this.decision = decision;
    this.cells = cells;
    this.evidence = evidence;
    this.figures = figures;
    this.clock = clock;
    this.uses = new ContractUses(ledger, clock);
    this.drawing = drawing;
    this.probe = probe;
  }

  @Override
  public List<ContractId> contracts(RollupSpec spec) {
    return contracts.inForce(clock.instant()).stream()
        .filter(entry -> product(entry, spec).isPresent())
        .map(entry -> entry.state().id())
        .toList();
  }

  private Optional<ProductTerms> product(ContractBook.Entry entry, RollupSpec spec) {
    return entry.state().terms().products().stream()
        .filter(product -> entry.holds(clock.instant(), List.of(product.id())))
        .filter(
            product -> RollupSpec.of(product).filter(own -> own.id().equals(spec.id())).isPresent())
        .findFirst();
  }

  @Override
  public Optional<Epoch> find(ContractId contract, RollupSpec spec, long dataVersion) {
    return database.asService(
        "rollup.find", handle -> store.find(handle, contract, spec.id(), dataVersion));
  }

  @Override
  public List<PublishedCells.Tile> changes(Epoch epoch) {
    return database.asService(
        "rollup.changes",
        handle -> {
          var now = store.cells(handle, epoch);
          var before =
              epoch.kind() == ProductKind.EXACT ? before(handle, epoch) : Optional.<Epoch>empty();
          return switch (epoch.kind()) {
            case DP -> now.allTiles();
            case EXACT ->
                now.changesSince(
                    before
                        .map(earlier -> store.cells(handle, earlier))
                        .orElseGet(() -> new PublishedCells(epoch.cells(), epoch.width())));
          };
        });
  }

  private Optional<Epoch> before(Handle handle, Epoch epoch) {
    return store.releasedBefore(handle, epoch.contractId(), epoch.rollupId(), epoch.dataVersion());
  }

  @Override
  public void close(ContractId contract, RollupSpec spec, CountedCells counted) {
    once(contract, spec, counted.dataVersion(), () -> closeNow(contract, spec, counted));
  }

  @Override
  public void spoil(ContractId contract, RollupSpec spec, long dataVersion) {
    once(
        contract,
        spec,
        dataVersion,
        () ->
            entry(contract, spec)
                .ifPresent(held -> refuse(held, spec, dataVersion, "deny", SPOILT)));
  }

  /** One closing of an epoch at a time; what fails is asked for again by the topology. */
  private void once(ContractId contract, RollupSpec spec, long dataVersion, Runnable work) {
    String key = contract + "/" + spec.id() + "/" + dataVersion;
    if (!running.add(key)) {
      return;
    }
    try {
      drawing.execute(() -> {
        try {
          work.run();
        } catch (RuntimeException e) {
          LOG.warn("epoch not closed yet epoch={} cause={}", key, e.getClass().getSimpleName());
        } finally {
          running.remove(key);
        }
      });
    } catch (RejectedExecutionException e) {
      running.remove(key);
    }
  }

  private record Held(ContractBook.Entry entry, ProductTerms product) {
    CreditCode consumer() {
      return EpochDecision.user(entry.state().terms()).orElseThrow();
    }

    EpochUse use(String decision, String rule, long fen) {
      return new EpochUse(
          consumer(),
          product.provider(),
          product.lineageId(),
          entry.state().terms().purpose(),
          decision,
          rule,
          fen);
    }
  }

  private Optional<Held> entry(ContractId contract, RollupSpec spec) {
    return contracts
        .find(contract)
        .flatMap(entry -> product(entry, spec).map(product -> new Held(entry, product)));
  }

  /** Also for tests, without the executor. */
  void closeNow(ContractId contract, RollupSpec spec, CountedCells counted) {
    var held = entry(contract, spec);
    if (held.isEmpty() || find(contract, spec, counted.dataVersion()).isPresent()) {
      return;
    }
    var counts = database.asService("rollup.uses", handle -> uses.of(handle, held.get().entry()));
    switch (decision.decide(held.get().entry(), held.get().product(), spec, counts)) {
      case EpochDecision.Decided.Denied denied ->
          refuse(held.get(), spec, counted.dataVersion(), denied.result(), denied.rule());
      case EpochDecision.Decided.Allowed allowed -> draw(held.get(), spec, counted, allowed);
    }
  }

  private void draw(
      Held held, RollupSpec spec, CountedCells counted, EpochDecision.Decided.Allowed allowed) {
    var before = database.asService("rollup.before", handle -> shownTo(handle, held, spec));
    var made =
        cells.make(
            allowed.permit(),
            held.product(),
            allowed.plan(),
            counted,
            before.stream().map(this::shown)::iterator,
            held.entry().state().terms().minGroup());
    probe.reach(EpochPoint.DRAWN);
    boolean committed =
        database.asService(
            "rollup.close", handle -> commit(handle, held, spec, counted, allowed, made, before));
    if (committed) {
      probe.reach(EpochPoint.COMMITTED);
    }
  }

  /**
   * The rule that keeps exact cells from a consumer who has exact answers, or other exact cells,
   * over the same lineage: nothing lays them over each other. Until the transaction ends no exact
   * answer is released to it.
   */
  private Optional<String> shownElsewhere(Handle handle, Held held, RollupSpec spec) {
    if (spec.kind() == ProductKind.DP) {
      return Optional.empty();
    }
    var lineage = held.product().lineageId();
    if (!ledger.released(handle, held.consumer(), lineage).isEmpty()) {
      return Optional.of(ANSWERED);
    }
    var others = store.exactRollups(handle, held.consumer(), lineage);
    return others.stream().allMatch(spec.id()::equals) ? Optional.empty() : Optional.of(OTHERS);
  }

  private List<Epoch> shownTo(Handle handle, Held held, RollupSpec spec) {
    return switch (spec.kind()) {
      case DP -> List.of();
      case EXACT -> store.shownTo(handle, held.consumer(), held.entry().state().id(), spec.id());
    };
  }

  private Shown shown(Epoch epoch) {
    return database.asService("rollup.shown", handle -> store.shown(handle, epoch));
  }

  private boolean commit(
      Handle handle,
      Held held,
      RollupSpec spec,
      CountedCells counted,
      EpochDecision.Decided.Allowed allowed,
      Shown made,
      List<Epoch> before) {
    if (entry(held.entry().state().id(), spec).isEmpty()
        || !shownTo(handle, held, spec).equals(before)) {
      return false; // ended, stopped, or the consumer was shown more meanwhile
    }
    var elsewhere = shownElsewhere(handle, held, spec);
    if (elsewhere.isPresent()) {
      return refuse(handle, held, spec, counted.dataVersion(), "deny", elsewhere.get());
    }
    var released = made.cells();
    String root = released.root();
    var request =
        new EpochCharge(held.entry().state().id(), held.product(), spec, counted.dataVersion())
            .of(allowed, released, root);
    return switch (ledger.spend(handle, request)) {
      case Spend.Spent spent -> {
        var told = figures(spec, counted.dataVersion());
        told.put("cells", Integer.toString(released.cells()));
        told.put("root", root);
        told.put("nanoRho", Long.toString(EpochDecision.nanoRho(allowed.plan())));
        told.put("fen", Long.toString(spent.chargedFen()));
        told.put("spendLeaf", spent.spendLeaf().toString());
        told.put("meterLeaf", spent.meterLeaf().toString());
        Instant now = clock.instant();
        var leaf =
            evidence.released(
                handle, held.entry(), held.product(), allowed.permit().ruleId(), now, told);
        store.release(
            handle,
            new Epoch(
                held.entry().state().id(),
                held.product().id(),
                spec.id(),
                counted.dataVersion(),
                spec.kind(),
                released.cells(),
                released.width(),
                released.valueBits(),
                EpochDecision.nanoRho(allowed.plan()),
                root,
                Optional.empty(),
                leaf,
                now),
            held.use("allow", allowed.permit().ruleId(), spent.chargedFen()),
            made);
        probe.reach(EpochPoint.CHARGED);
        yield true;
      }
      // Another instance was first, and its draw is the one that counts.
      case Spend.Replayed replayed -> false;
      case Spend.Closed closed -> false;
      case Spend.ProductStopped stopped -> false;
      case Spend.Exhausted exhausted ->
          refuse(handle, held, spec, counted.dataVersion(), "deny", EXHAUSTED);
      case Spend.QuotaExhausted quota ->
          refuse(handle, held, spec, counted.dataVersion(), "deny", quota.rule());
    };
  }

  private void refuse(Held held, RollupSpec spec, long version, String result, String rule) {
    database.asService(
        "rollup.refuse", handle -> refuse(handle, held, spec, version, result, rule));
  }

  private boolean refuse(
      Handle handle, Held held, RollupSpec spec, long version, String result, String rule) {
    Instant now = clock.instant();
    var leaf =
        evidence.refused(
            handle, held.entry(), held.product(), result, rule, now, figures(spec, version));
    store.refuse(
        handle,
        new Epoch(
            held.entry().state().id(),
            held.product().id(),
            spec.id(),
            version,
            spec.kind(),
            spec.cells(),
            spec.width(),
            2,
            0,
            "",
            Optional.of(rule),
            leaf,
            now),
        held.use(result, rule, 0));
    figures.refused();
    return true;
  }

  private static TreeMap<String, String> figures(RollupSpec spec, long version) {
    var figures = new TreeMap<String, String>();
    figures.put("rollup", spec.id());
    figures.put("dataVersion", Long.toString(version));
    return figures;
  }
}

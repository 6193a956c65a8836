package dev.weir.query.rollup;

import dev.weir.kernel.Bilingual;
import dev.weir.kernel.ContractCode;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.Term;
import dev.weir.policy.bundle.PolicyBundle;
import dev.weir.policy.contract.Allotment;
import dev.weir.policy.contract.Constraint;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.policy.contract.Party;
import dev.weir.policy.contract.PartyType;
import dev.weir.policy.contract.Rule;
import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.state.ContractState;
import dev.weir.policy.state.DomainState;
import dev.weir.policy.usage.ContractFacts;
import dev.weir.policy.usage.PolicyLoader;
import dev.weir.query.contract.ContractBook;
import dev.weir.query.contract.Contracts;
import dev.weir.query.job.SecureNoise;
import dev.weir.query.plan.QueryPlanner;
import dev.weir.runtime.evidence.EvidenceLog;
import dev.weir.runtime.ledger.ContractAccount;
import dev.weir.runtime.ledger.Ledger;
import dev.weir.runtime.ledger.PostgresLedger;
import dev.weir.runtime.outbox.Outbox;
import dev.weir.runtime.outbox.OutboxSignal;
import dev.weir.runtime.sql.Database;
import dev.weir.testkit.ServiceDatabase;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Closing epochs on a real ledger, under contracts signed by hand. */
public final class EpochFixture implements Contracts, AutoCloseable {
  private static final String PURPOSE = "trip-research";
  private static final Instant NOW = Instant.now();
  private static final Term TERM =
      new Term(NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(30)));
  private static final PolicyBundle BUNDLE = PolicyBundle.load();

  public final Database database;
  private final Database space;
  final Ledger ledger;
  final EpochStore store = new PostgresEpochStore();
  private final ServiceDatabase server;
  private final EvidenceLog evidence =
      new EvidenceLog(new Outbox("query", new OutboxSignal()), "query");
  private final SecureRandom random = new SecureRandom();
  private final Map<ContractId, ContractBook.Entry> signed = new HashMap<>();

  public EpochFixture(Path state) throws Exception {
    server = ServiceDatabase.start(state, "query");
    database = server.open("query", 4);
    space = server.open("space", 2);
    ledger = new PostgresLedger(evidence, Clock.systemUTC());
  }

  /** A desk that works at once and lets a test die at a point. */
  EpochCloser closer(EpochPoint.Probe probe) {
    return new EpochCloser(
        database,
        ledger,
        this,
        store,
        new EpochDecision(new QueryPlanner(), BUNDLE, Clock.systemUTC(), ""),
        new EpochCells(new SecureNoise(random)),
        new EpochEvidence(evidence, BUNDLE.version()),
        new RollupFigures(new PrometheusRegistry()),
        Clock.systemUTC(),
        Runnable::run,
        probe);
  }

  public LineageId lineage() {
    var lineage = LineageId.random();
    space.asService(
        "test.lineage",
        handle -> {
          ledger.openLineage(handle, lineage, Trips.PROVIDER, 10_000_000_000L, 0);
          return true;
        });
    return lineage;
  }

  public ContractId sign(ProductTerms product, long nanoRho) {
    var terms = terms(product, nanoRho);
    space.asService(
        "test.sign",
        handle -> {
          ledger.carve(handle, ContractAccount.of(terms, domain()));
          return true;
        });
    publish(terms, true);
    return terms.id();
  }

  /** The provider's stop: heard of here, and the account closed. */
  public void stop(ContractId contract) {
    publish(signed.get(contract).state().terms(), false);
  }

  private static DomainState domain() {
    return new DomainState(
        Trips.DOMAIN,
        1,
        Bilingual.same("domain"),
        Trips.PROVIDER,
        Trips.PROVIDER,
        Set.of(PURPOSE),
        new Term(NOW.minus(Duration.ofDays(2)), NOW.plus(Duration.ofDays(60))),
        4,
        10_000,
        DomainState.Status.ACTIVE);
  }

  private void publish(ContractTerms terms, boolean inForce) {
    var domain = domain();
    var status = inForce ? ContractState.Status.SIGNED : ContractState.Status.ENDED;
    var state = new ContractState(terms.id(), 1, status, terms, "", Optional.empty(), Set.of());
    signed.put(
        terms.id(),
        new ContractBook.Entry(
            state, PolicyLoader.check(terms, BUNDLE), ContractFacts.of(state, domain)));
  }

  private ContractTerms terms(ProductTerms product, long nanoRho) {
    return new ContractTerms(
        ContractId.random(),
        ContractCode.assign(9, Trips.BUILDER, "3301", NOW, random),
        "a contract",
        "",
        "02",
        "gm",
        1,
        TERM,
        Trips.DOMAIN,
        PURPOSE,
        List.of(
            new Party(PartyType.PROVIDER, Trips.PROVIDER),
            new Party(PartyType.USER, Trips.BUILDER)),
        List.of(product),
        List.of(
            new Rule(
                "compute-trips",
                Rule.Kind.PERMISSION,
                Trips.BUILDER,
                "compute",
                product.id(),
                List.of(
                    new Constraint("count", "lteq", List.of("20"), ""),
                    new Constraint("expansionItem", "eq", List.of(PURPOSE), "purpose")),
                List.of())),
        List.of(new Allotment(product.lineageId(), nanoRho, 0)),
        product.price(),
        20);
  }

  long spent(ContractId contract) {
    return database.asService(
        "test.spent",
        handle ->
            ledger.allotments(handle, contract).stream()
                .mapToLong(allotment -> allotment.spentNanoRho())
                .sum());
  }

  Optional<Epoch> epoch(ContractId contract, RollupSpec spec, long version) {
    return database.asService(
        "test.epoch", handle -> store.find(handle, contract, spec.id(), version));
  }

  PublishedCells cells(Epoch epoch) {
    return database.asService("test.cells", handle -> store.cells(handle, epoch));
  }

  /** Rows of a table, as the service sees them. */
  long rows(String table) {
    return database.asService(
        "test.rows",
        handle -> handle.createQuery("select count(*) from " + table).mapTo(Long.class).one());
  }

  /** Leaves of evidence go into the outbox of the same database. */
  public EvidenceLog evidence() {
    return evidence;
  }

  /** Columns of all tables, of whichever schema, in which a row holds these bytes. */
  public List<String> findIn(byte[] wanted) throws SQLException {
    var found = new ArrayList<String>();
    try (var superuser = server.superuser();
        var columns = superuser.createStatement();
        var each =
            columns.executeQuery(
                """
                select format('%I.%I', table_schema, table_name), format('%I', column_name)
                from information_schema.columns
                where data_type = 'bytea' and table_schema not in ('pg_catalog')
                """)) {
      while (each.next()) {
        String sql =
            "select count(*) from "
                + each.getString(1)
                + " where position(? in "
                + each.getString(2)
                + ") > 0";
        try (var search = superuser.prepareStatement(sql)) {
          search.setBytes(1, wanted);
          try (var rows = search.executeQuery()) {
            rows.next();
            if (rows.getLong(1) > 0) {
              found.add(each.getString(1) + "." + each.getString(2));
            }
          }
        }
      }
    }
    return found;
  }

  /** As a database that loses transactions which it said were committed: no draw, no answer. */
  void lose(ContractId contract) throws SQLException {
    try (var superuser = server.superuser();
        var lost = superuser.createStatement()) {
      lost.execute("delete from query.epoch_presence where contract_id = '" + contract + "'");
      lost.execute("delete from query.epoch_tiles where contract_id = '" + contract + "'");
      lost.execute("delete from query.epochs where contract_id = '" + contract + "'");
      lost.execute("truncate ledger.answers cascade");
    }
  }

  @Override
  public Optional<ContractBook.Entry> find(ContractId id) {
    return Optional.ofNullable(signed.get(id));
  }

  @Override
  public List<ContractBook.Entry> inForce(Instant now) {
    return signed.values().stream().filter(entry -> entry.holds(now, List.of())).toList();
  }

  @Override
  public void close() throws Exception {
    database.close();
    space.close();
    server.close();
  }
}

package dev.weir.benchmarks.core;

import dev.weir.benchmarks.harness.Settings;
import dev.weir.benchmarks.harness.Sheet;
import dev.weir.benchmarks.harness.Throughput;
import dev.weir.benchmarks.stack.BenchDatabase;
import dev.weir.benchmarks.terms.Contracts;
import dev.weir.benchmarks.terms.FlightTerms;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.DomainId;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.QueryId;
import dev.weir.kernel.ResourceId;
import dev.weir.policy.contract.Allotment;
import dev.weir.policy.contract.Price;
import dev.weir.runtime.evidence.EvidenceLog;
import dev.weir.runtime.json.Json;
import dev.weir.runtime.ledger.AccountScope;
import dev.weir.runtime.ledger.Charge;
import dev.weir.runtime.ledger.ContractAccount;
import dev.weir.runtime.ledger.Ledger;
import dev.weir.runtime.ledger.PostgresLedger;
import dev.weir.runtime.ledger.Spend;
import dev.weir.runtime.ledger.SpendRequest;
import dev.weir.runtime.outbox.Outbox;
import dev.weir.runtime.outbox.OutboxSignal;
import dev.weir.runtime.sql.Database;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many clients spend from one budget until it is gone: stored answer, charge, meter reading and two
 * evidence leaves in each transaction, durable. What was granted must be exactly what the budget
 * held; the naive peer shows that the same load does overspend one who reads and then writes.
 */
final class BudgetBench {
  private static final int CLIENTS = 16;
  private static final int WARM_UP = 200;
  private static final int SURPLUS = 100;
  private static final long COST = 7;
  private static final double LIMIT_PER_SECOND = 500;
  private static final ProductId PRODUCT = FlightTerms.exact(List.of("ORD")).id();

  private static final AccountScope SCOPE =
      new AccountScope(
          DomainId.random(),
          Contracts.PROVIDER,
          Map.of(PRODUCT, ResourceId.random()),
          Instant.parse("2100-01-01T00:00:00Z"));

  private final Database space;
  private final Database query;

  private BudgetBench(Database space, Database query) {
    this.space = space;
    this.query = query;
  }

  static void run(Settings settings, Sheet sheet) throws Exception {
    int grants = settings.pick(300, 5_000);
    try (var scratch = settings.scratch();
        var server = BenchDatabase.start(scratch.path(), "space", "query");
        var space = server.open("space", 2);
        var query = server.open("query", CLIENTS)) {
      var bench = new BudgetBench(space, query);
      bench.spend(WARM_UP, WARM_UP, new AtomicInteger());
      var granted = new AtomicInteger();
      double rate = bench.spend(grants, grants + SURPLUS, granted);
      var naive = NaiveBudget.spend(server, CLIENTS, grants, grants + SURPLUS, COST);
      sheet.atLeast("spends on one budget, 16 clients", rate, "spends/s", LIMIT_PER_SECOND);
      sheet.against(
          "spends on one budget, 16 clients",
          rate,
          "spends/s",
          "reads, then writes: charge and answer only",
          naive.perSecond());
      sheet.exactly("granted from the budget", granted.get(), "spends", grants);
      sheet.against(
          "granted by the naive peer", naive.granted(), "spends", "what its budget held", grants);
    }
  }

  /** Returns spends a second, those that find the budget empty included. */
  private double spend(int budget, int attempts, AtomicInteger granted) throws Exception {
    var spender = ledger("query");
    var lineage = LineageId.random();
    var contract = account(lineage, budget * COST);
    return Throughput.perSecond(
        CLIENTS,
        attempts,
        number -> {
          var request = request(contract, lineage, number);
          if (query.asServiceSharing(contract, "spend", handle -> spender.spend(handle, request))
              instanceof Spend.Spent) {
            granted.incrementAndGet();
          }
        });
  }

  private ContractId account(LineageId lineage, long nanoRho) {
    var ledger = ledger("space");
    var contract = ContractId.random();
    var parties = new TreeSet<>(Set.of(Contracts.PROVIDER, Contracts.USER));
    space.asService(
        "open",
        handle -> {
          ledger.openLineage(handle, lineage, Contracts.PROVIDER, nanoRho, 0);
          ledger.carve(
              handle,
              new ContractAccount(
                  contract,
                  Contracts.USER,
                  parties,
                  List.of(new Allotment(lineage, nanoRho, 0)),
                  new Price(100, 0, 0, 100_000_000),
                  SCOPE));
          return contract;
        });
    return contract;
  }

  private static Ledger ledger(String service) {
    var outbox = new Outbox(service, new OutboxSignal());
    return new PostgresLedger(new EvidenceLog(outbox, service), Clock.systemUTC());
  }

  private static SpendRequest request(ContractId contract, LineageId lineage, int number) {
    String canonical = "query " + number;
    return new SpendRequest(
        QueryId.random(),
        contract,
        Contracts.USER,
        "builder-analyst",
        Json.sha256Hex(canonical.getBytes(StandardCharsets.UTF_8)),
        SpendRequest.sorted(Map.of(lineage, 1L)),
        List.of(new Charge(lineage, COST, 0)),
        List.of(),
        "{\"answer\":" + number + "}",
        List.of(),
        "benchmark",
        List.of(PRODUCT));
  }
}

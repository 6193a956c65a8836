package dev.weir.runtime.ledger;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.DomainId;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.QueryId;
import dev.weir.kernel.ResourceId;
import dev.weir.kernel.Role;
import dev.weir.policy.contract.Allotment;
import dev.weir.policy.contract.Price;
import dev.weir.runtime.evidence.EvidenceLog;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.json.Json;
import dev.weir.runtime.outbox.Outbox;
import dev.weir.runtime.outbox.OutboxSignal;
import dev.weir.runtime.sql.Database;
import dev.weir.runtime.sql.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A ledger on a real database, with the services that share it. */
final class LedgerFixture implements AutoCloseable {
  static final CreditCode PROVIDER = code("1111000000000001A");
  static final ProductId PRODUCT = ProductId.of("00000000-0000-4000-8000-00000000000b");
  static final CreditCode CONSUMER = code("91110000000000021");
  static final CreditCode STRANGER = code("91110000000000032");
  static final Price PRICE = new Price(100, 1_000_000_000L, 0, 1_000_000);

  static final CreditCode OPERATOR = code("91110000000000043");
  static final ResourceId RESOURCE = ResourceId.of("00000000-0000-4000-8000-00000000000c");
  static final AccountScope SCOPE =
      new AccountScope(
          DomainId.of("00000000-0000-4000-8000-00000000000d"),
          OPERATOR,
          Map.of(PRODUCT, RESOURCE),
          Instant.parse("2100-01-01T00:00:00Z"));

  final TestDatabase server;
  final Database space;
  final Database query;
  final Ledger carver;
  final Ledger spender;

  LedgerFixture(String name, int connections) {
    this(name, connections, Clock.systemUTC());
  }

  LedgerFixture(String name, int connections, InstantSource clock) {
    server = TestDatabase.create(name, "space", "query");
    space = server.open("space", 4);
    query = server.open("query", connections);
    carver = ledger("space", clock);
    spender = ledger("query", clock);
  }

  static PostgresLedger ledger(String service, InstantSource clock) {
    var outbox = new Outbox(service, new OutboxSignal());
    return new PostgresLedger(new EvidenceLog(outbox, service), clock);
  }

  LineageId lineage(long capNanoRho) {
    var id = LineageId.random();
    space.asService(
        "open",
        handle -> {
          carver.openLineage(handle, id, PROVIDER, capNanoRho, capNanoRho);
          return id;
        });
    return id;
  }

  ContractId contract(Price price, Allotment... allotments) {
    return contract(SCOPE, price, allotments);
  }

  ContractId contract(AccountScope scope, Price price, Allotment... allotments) {
    var id = ContractId.random();
    var parties = new TreeSet<>(Set.of(PROVIDER, CONSUMER));
    space.asService(
        "carve",
        handle -> {
          carver.carve(
              handle,
              new ContractAccount(id, CONSUMER, parties, List.of(allotments), price, scope));
          return id;
        });
    return id;
  }

  ContractId contract(LineageId lineage, long nanoRho) {
    return contract(PRICE, new Allotment(lineage, nanoRho, nanoRho));
  }

  Spend spend(SpendRequest request) {
    return query.asService("spend", handle -> spender.spend(handle, request));
  }

  static SpendRequest request(ContractId contract, String query, Charge... charges) {
    return request(contract, QueryId.random(), query, List.of(), charges);
  }

  static SpendRequest request(
      ContractId contract, QueryId id, String query, List<CallLimit> limits, Charge... charges) {
    var versions = new java.util.HashMap<LineageId, Long>();
    for (Charge charge : charges) {
      versions.put(charge.lineageId(), 1L);
    }
    return new SpendRequest(
        id,
        contract,
        CONSUMER,
        "builder-analyst",
        Json.sha256Hex(query.getBytes(StandardCharsets.UTF_8)),
        SpendRequest.sorted(versions),
        List.of(charges),
        limits,
        "{\"answer\":\"" + query + "\"}",
        List.of(),
        "test-bundle",
        List.of(PRODUCT));
  }

  static Caller caller(CreditCode party, Role... roles) {
    return new Caller("subject-of-" + party, "client", party, Set.of(roles));
  }

  /** What a checker that reads only tables finds wrong; empty when nothing is. */
  Map<String, Long> violations() {
    return LedgerInvariants.violations(server);
  }

  @Override
  public void close() throws Exception {
    space.close();
    query.close();
    server.close();
  }

  private static CreditCode code(String body) {
    String first17 = body.length() == 18 ? body.substring(0, 17) : body;
    return CreditCode.of(first17 + CreditCode.checkCharacter(first17));
  }
}

package dev.weir.benchmarks.core;

import dev.weir.benchmarks.stack.BenchBroker;
import dev.weir.benchmarks.stack.BenchContracts;
import dev.weir.benchmarks.stack.BenchDatabase;
import dev.weir.benchmarks.terms.Contracts;
import dev.weir.benchmarks.terms.FlightTerms;
import dev.weir.kernel.Role;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.query.QueryApplication;
import dev.weir.runtime.evidence.EvidenceLog;
import dev.weir.runtime.ledger.ContractAccount;
import dev.weir.runtime.ledger.PostgresLedger;
import dev.weir.runtime.outbox.Outbox;
import dev.weir.runtime.outbox.OutboxSignal;
import dev.weir.testkit.Account;
import dev.weir.testkit.ApiClient;
import dev.weir.testkit.LocalIssuer;
import dev.weir.testkit.TestService;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** The query service with one contract in force, on a real database and a real broker. */
final class RequestStack implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final BenchDatabase database;
  private final BenchBroker broker;
  private final LocalIssuer issuer;
  private final TestService service;

  private RequestStack(
      BenchDatabase database, BenchBroker broker, LocalIssuer issuer, TestService service) {
    this.database = database;
    this.broker = broker;
    this.issuer = issuer;
    this.service = service;
  }

  static RequestStack start(Path directory) throws Exception {
    var database = BenchDatabase.start(directory, "space");
    var broker = BenchBroker.start(directory.resolve("broker"));
    var terms =
        Contracts.plain(
            List.of(FlightTerms.noisy(List.of("ORD")), FlightTerms.airports(List.of("IL"))));
    openAccount(database, terms);
    BenchContracts.publish(broker, terms);
    var issuer = LocalIssuer.start();
    var service =
        TestService.start(
            new QueryApplication(),
            "query",
            issuer,
            Map.of(
                "database", database.configuration("query"),
                "kafka", broker.configuration("query"),
                "directory", directory.resolve("query").toString()));
    var stack = new RequestStack(database, broker, issuer, service);
    stack.await(() -> stack.service.admin().get("/health").status() == 200);
    return stack;
  }

  ApiClient consumer() {
    return service.as(Account.of("builder-analyst", Contracts.USER, Role.CONSUMER));
  }

  /** Waits until the relay has sent that many leaves, and returns how many there are. */
  long awaitLeaves(long expected) throws InterruptedException {
    try (var consumer = broker.as("audit").consumer()) {
      await(() -> leaves(consumer) >= expected);
      return leaves(consumer);
    }
  }

  private static long leaves(KafkaConsumer<String, Object> consumer) {
    var partitions =
        consumer.partitionsFor(EvidenceLog.TOPIC).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .collect(Collectors.toSet());
    return consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
  }

  private static void openAccount(BenchDatabase server, ContractTerms terms) throws Exception {
    try (var space = server.open("space", 1)) {
      var log = new EvidenceLog(new Outbox("space", new OutboxSignal()), "space");
      var ledger = new PostgresLedger(log, Clock.systemUTC());
      space.asService(
          "open",
          handle -> {
            for (var allotment : terms.allotments()) {
              ledger.openLineage(
                  handle,
                  allotment.lineageId(),
                  Contracts.PROVIDER,
                  allotment.nanoRho(),
                  allotment.picoDelta());
            }
            ledger.carve(handle, ContractAccount.of(terms, Contracts.domain()));
            return terms.id();
          });
    }
  }

  private void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return;
      }
      Thread.sleep(50);
    }
  }

  @Override
  public void close() {
    service.close();
    issuer.close();
    broker.close();
    database.close();
  }
}

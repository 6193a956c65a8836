package dev.weir.benchmarks.stack;

import dev.weir.benchmarks.terms.Contracts;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.runtime.json.Json;
import dev.weir.schemas.avro.StateSnapshot;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Contracts as the control plane would publish them. */
public final class BenchContracts {
  private BenchContracts() {}

  /** Publishes the contract, in force, and its domain. */
  public static void publish(BenchBroker broker, ContractTerms terms) throws Exception {
    var contract = Contracts.inPerformance(terms);
    var domain = Contracts.domain();
    try (var producer = broker.as("space").idempotentProducer()) {
      producer.send(snapshot("domain", "space.domains", domain.id().toString(), domain)).get();
      producer
          .send(snapshot("contract", "space.contracts", contract.id().toString(), contract))
          .get();
    }
  }

  private static ProducerRecord<String, Object> snapshot(
      String kind, String topic, String id, Object state) throws Exception {
    String document = Json.mapper().writeValueAsString(state);
    return new ProducerRecord<>(
        topic, id, new StateSnapshot(kind, id, 1L, Instant.now(), document));
  }
}

package dev.weir.acceptance.stack;

import dev.weir.policy.contract.ContractTerms;
import dev.weir.schemas.avro.CellTile;
import dev.weir.schemas.avro.EpochClosed;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** What the rollup published, read from its topics from their beginning. Confined. */
public final class ReleasedCells implements AutoCloseable {
  private final KafkaConsumer<String, Object> consumer;
  private final Map<String, EpochClosed> epochs = new HashMap<>();
  private final Map<String, Integer> seen = new HashMap<>();
  private final Map<String, CellTile> tiles = new HashMap<>();

  public ReleasedCells(EmbeddedServices services) {
    consumer = services.kafka("query").consumer();
    var partitions =
        List.of("query.cells", "query.epochs").stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Waits for the cells of that version, or a later one. */
  public EpochClosed awaitEpoch(ContractTerms terms, long version) {
    return Records.await(
            () -> {
              poll();
              return Optional.ofNullable(epochs.get(terms.id().toString()));
            },
            epoch -> epoch.isPresent() && epoch.get().getDataVersion() >= version)
        .orElseThrow();
  }

  /** The values of the only tile. */
  public List<Long> cells(ContractTerms terms) {
    return tiles.get(terms.id().toString()).getValues();
  }

  /** How many epochs were published. */
  public int seen(ContractTerms terms) {
    return seen.getOrDefault(terms.id().toString(), 0);
  }

  /** The newest epoch that was seen. */
  public EpochClosed epoch(ContractTerms terms) {
    return epochs.get(terms.id().toString());
  }

  private void poll() {
    consumer
        .poll(Duration.ofMillis(100))
        .forEach(message -> {
          switch (message.value()) {
            case EpochClosed epoch -> {
              epochs.put(epoch.getContractId(), epoch);
              seen.merge(epoch.getContractId(), 1, Integer::sum);
            }
            case CellTile tile -> tiles.put(tile.getContractId(), tile);
            default -> throw new AssertionError("neither cells nor epoch");
          }
        });
  }

  @Override
  public void close() {
    consumer.close();
  }
}

package dev.weir.query.record;

import dev.weir.kernel.ResourceId;
import dev.weir.kernel.data.RecordSchema;
import dev.weir.runtime.json.Json;
import dev.weir.runtime.kafka.KafkaClients;
import dev.weir.schemas.avro.VersionSealed;
import io.dropwizard.lifecycle.Managed;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows {@code intake.versions} and copies the newest sealed version of every resource from its
 * record topic into the store. Offsets live in the store, in the same transaction as the records.
 * One thread of its own; {@link #caughtUp} and {@link #copying} are thread-safe.
 */
public final class KafkaVersionLoader implements Managed {
  static final String VERSIONS_TOPIC = "intake.versions";
  private static final Logger LOG = LoggerFactory.getLogger(KafkaVersionLoader.class);
  private static final Duration POLL = Duration.ofMillis(200);

  /** How often the store is asked whether it is in order: about every five seconds. */
  private static final int POLLS_PER_LOOK = 25;

  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  /** One transaction each: a commit costs a write to disk. */
  private static final int BATCH_RECORDS = 200_000;

  /** Older versions kept, so that a query that began on one can end on it. */
  private static final long VERSIONS_KEPT = 2;

  private final KafkaClients kafka;
  private final RecordStore store;
  private final Map<ResourceId, VersionSealed> waiting = new HashMap<>();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Thread thread;
  private volatile boolean caughtUp;
  private volatile boolean copying;
  private volatile @Nullable KafkaConsumer<String, Object> polling;

  public KafkaVersionLoader(KafkaClients kafka, RecordStore store) {
    this.kafka = kafka;
    this.store = store;
    this.thread = Thread.ofPlatform().name("record-loader").unstarted(this::follow);
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public void stop() throws InterruptedException {
    stopped.set(true);
    var consumer = polling;
    if (consumer != null) {
      consumer.wakeup();
    }
    thread.join(STOP_LIMIT);
  }

  /** Whether every version sealed before the start has been copied. */
  public boolean caughtUp() {
    return caughtUp;
  }

  /** Whether a sealed version is known here that is not in the store yet. */
  public boolean copying() {
    return copying;
  }

  private void follow() {
    while (!stopped.get()) {
      try (var versions = kafka.consumer()) {
        polling = versions;
        var partitions = partitions(versions, VERSIONS_TOPIC);
        versions.assign(partitions);
        versions.seekToBeginning(partitions);
        var ends = versions.endOffsets(partitions);
        for (int polls = 0; !stopped.get(); polls++) {
          if (polls % POLLS_PER_LOOK == 0 && store.mend()) {
            LOG.error("the records could not be read any more; loading them again");
            caughtUp = false;
            versions.seekToBeginning(partitions);
          }
          versions.poll(POLL).forEach(this::note);
          if (ends.entrySet().stream()
              .allMatch(end -> versions.position(end.getKey()) >= end.getValue())) {
            caughtUp = loadWaiting();
          }
        }
      } catch (WakeupException e) {
        // Only stop() wakes the consumer; the loop's condition ends it.
      } catch (RuntimeException e) {
        LOG.warn(
            "loading versions broke off and starts again cause={}", e.getClass().getSimpleName());
        pause();
      }
    }
  }

  private void note(ConsumerRecord<String, Object> message) {
    if (message.value() instanceof VersionSealed sealed) {
      waiting.merge(
          ResourceId.of(sealed.getResourceId()),
          sealed,
          (one, other) -> one.getDataVersion() > other.getDataVersion() ? one : other);
      copying = true;
    }
  }

  /**
   * One resource that cannot be loaded keeps no other from it; it is tried again with the next
   * poll.
   */
  private boolean loadWaiting() {
    boolean all = true;
    for (var resource : List.copyOf(waiting.keySet())) {
      var sealed = waiting.get(resource);
      try {
        if (sealed != null && store.version(resource, sealed.getDataVersion()).isEmpty()) {
          load(resource, sealed);
        }
        waiting.remove(resource);
      } catch (WakeupException e) {
        return false;
      } catch (RuntimeException e) {
        LOG.warn("version not loaded resource={} cause={}", resource, e.getClass().getName());
        all = false;
        pause();
      }
    }
    copying = !waiting.isEmpty();
    return all;
  }

  private void load(ResourceId resource, VersionSealed sealed) {
    var version =
        new DataVersion(resource, sealed.getDataVersion(), columns(sealed), sealed.getRecords());
    long start = System.nanoTime();
    try (var records = kafka.consumer()) {
      polling = records;
      var ends = sealed.getEndOffsets();
      var topic = "resource." + resource + ".records";
      var next = new ArrayList<>(store.begin(version, sealed.getStartOffsets()));
      var partitions = new ArrayList<TopicPartition>();
      for (int partition = 0; partition < ends.size(); partition++) {
        partitions.add(new TopicPartition(topic, partition));
      }
      records.assign(partitions);
      partitions.forEach(partition -> records.seek(partition, next.get(partition.partition())));
      while (!stopped.get() && !reached(next, ends)) {
        store.append(version, batch(records, version, next, ends), next);
      }
    }
    if (!stopped.get()) {
      store.complete(version);
      store.dropBefore(
          new DataVersion(resource, version.number() - VERSIONS_KEPT + 1, version.columns(), 0));
      LOG.info(
          "version loaded resource={} version={} records={} millis={}",
          resource,
          version.number(),
          version.records(),
          (System.nanoTime() - start) / 1_000_000);
    }
  }

  /**
   * Collects records until a batch is full or the version ends, and moves {@code next} behind them.
   */
  private List<StoredRecord> batch(
      KafkaConsumer<String, Object> records,
      DataVersion version,
      List<Long> next,
      List<Long> ends) {
    var batch = new ArrayList<StoredRecord>();
    while (!stopped.get() && batch.size() < BATCH_RECORDS && !reached(next, ends)) {
      for (var message : records.poll(POLL)) {
        if (message.offset() < ends.get(message.partition())) {
          RecordDecoder.decode(message.value(), version).ifPresent(batch::add);
        }
      }
      for (TopicPartition partition : records.assignment()) {
        next.set(partition.partition(), records.position(partition));
      }
    }
    return batch;
  }

  private static boolean reached(List<Long> next, List<Long> ends) {
    for (int partition = 0; partition < ends.size(); partition++) {
      if (next.get(partition) < ends.get(partition)) {
        return false;
      }
    }
    return true;
  }

  private static List<TopicPartition> partitions(
      KafkaConsumer<String, Object> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .toList();
  }

  private static RecordSchema columns(VersionSealed sealed) {
    try {
      return Json.mapper().readValue(sealed.getColumns(), RecordSchema.class);
    } catch (IOException e) {
      throw new IllegalStateException("the seal's columns cannot be read", e);
    }
  }

  private void pause() {
    try {
      Thread.sleep(Duration.ofSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped.set(true);
    }
  }
}

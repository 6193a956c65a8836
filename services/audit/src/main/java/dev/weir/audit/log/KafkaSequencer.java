package dev.weir.audit.log;

import dev.weir.runtime.evidence.EvidenceLog;
import dev.weir.runtime.kafka.KafkaClients;
import io.dropwizard.lifecycle.Managed;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The single sequencer: takes leaves from {@code audit.evidence}, gives them indices and publishes
 * checkpoints. Positions live in the transaction that gives the indices, so each leaf is taken
 * once. After any failure it closes everything and starts again from what is durable; after a
 * {@link RollbackException} it stays down. A file lock keeps a second process off the directory.
 */
public final class KafkaSequencer implements Managed {
  private static final Logger log = LoggerFactory.getLogger(KafkaSequencer.class);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final long RESTART_MILLIS = 500;

  private final KafkaClients kafka;
  private final LeafStore store;
  private final LogDirectory directory;
  private final LogKeys keys;
  private final CrashPoints crashes;
  private final LogStatus status;
  private final LeafDecoder decoder = new LeafDecoder();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().name("sequencer").unstarted(this::run);

  public KafkaSequencer(
      KafkaClients kafka,
      LeafStore store,
      LogDirectory directory,
      LogKeys keys,
      CrashPoints crashes,
      LogStatus status) {
    this.kafka = kafka;
    this.store = store;
    this.directory = directory;
    this.keys = keys;
    this.crashes = crashes;
    this.status = status;
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public void stop() throws InterruptedException {
    stopping.countDown();
    thread.join(Duration.ofSeconds(15));
  }

  private void run() {
    while (stopping.getCount() > 0) {
      try (var channel = lockFile();
          var held = channel.tryLock()) {
        if (held == null) {
          throw new IOException("another process holds the log");
        }
        work(held);
      } catch (RollbackException e) {
        log.error("the log is halted: {}", e.getMessage());
        status.halt(String.valueOf(e.getMessage()));
        return;
      } catch (IOException | RuntimeException e) {
        log.warn("the sequencer starts again after {}", causes(e)); // messages may quote leaves
        pause();
      }
    }
  }

  private FileChannel lockFile() throws IOException {
    Files.createDirectories(directory.root());
    return FileChannel.open(
        directory.root().resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private void work(FileLock held) throws IOException {
    long epoch = store.claimEpoch();
    var publisher = LogPublisher.open(directory, keys, store, crashes, epoch);
    status.published(publisher.advance());
    try (var consumer = kafka.consumer()) {
      assign(consumer);
      while (stopping.getCount() > 0 && held.isValid()) {
        take(consumer, epoch);
        if (status.mayPublish() && store.sequenced() != status.published()) {
          status.published(publisher.advance());
        }
      }
    }
  }

  private void assign(KafkaConsumer<String, Object> consumer) throws IOException {
    var found = consumer.partitionsFor(EvidenceLog.TOPIC);
    if (found == null || found.isEmpty()) {
      throw new IOException("the topic " + EvidenceLog.TOPIC + " is not there yet");
    }
    var partitions =
        found.stream().map(info -> new TopicPartition(info.topic(), info.partition())).toList();
    consumer.assign(partitions);
    var positions = store.positions();
    for (var partition : partitions) {
      consumer.seek(partition, positions.getOrDefault(partition.partition(), 0L));
    }
  }

  private void take(KafkaConsumer<String, Object> consumer, long epoch) {
    var records = consumer.poll(POLL);
    if (records.isEmpty()) {
      return;
    }
    status.arrived();
    var leaves = new ArrayList<Leaf>();
    Map<Integer, Long> positions = new HashMap<>();
    for (var record : records) {
      positions.put(record.partition(), record.offset() + 1);
      decode(record, leaves);
    }
    store.sequence(epoch, leaves, positions);
  }

  private void decode(ConsumerRecord<String, Object> record, ArrayList<Leaf> leaves) {
    try {
      leaves.add(decoder.decode(record.value()));
    } catch (IllegalArgumentException e) {
      log.error("message refused offset={} reason={}", record.offset(), e.getMessage());
      store.refuse(record.partition(), record.offset(), String.valueOf(e.getMessage()));
    }
  }

  private static String causes(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
        .limit(8)
        .map(cause -> cause.getClass().getSimpleName())
        .collect(Collectors.joining(" < "));
  }

  private void pause() {
    try {
      stopping.await(RESTART_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping.countDown();
    }
  }
}

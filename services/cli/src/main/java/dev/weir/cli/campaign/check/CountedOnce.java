package dev.weir.cli.campaign.check;

import dev.weir.cli.campaign.check.InvariantChecker.Report;
import dev.weir.cli.campaign.check.PostgresTables.Row;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.TopicPartition;

/**
 * Counts the records of every sealed version in its topic: as many as were sealed, each id once.
 * Confined to one thread.
 */
final class CountedOnce {
  private static final int FRAME_BYTES = 5;

  private final Set<String> counted = new HashSet<>();

  void check(PostgresTables tables, KafkaTopics topics, Report report) throws SQLException {
    var sealed = tables.rows("select * from intake.runs where status = 'SEALED'");
    var announced = announced(topics);
    var dead = new HashMap<String, Map<String, Long>>();
    for (Row run : sealed) {
      String id = run.text("id");
      String name = "run " + id;
      var message =
          announced.getOrDefault(
              run.text("resource_id") + " " + run.number("data_version"), Map.of());
      report.require(
          message.equals(Map.of(id, run.number("accepted"))), name + ": announced as " + message);
      report.require(
          run.number("accepted") + run.number("rejected") == run.number("total_rows"),
          name + ": accepted and rejected are not all rows");
      long dropped =
          dead.computeIfAbsent(run.text("domain_id"), domain -> deadLetters(topics, domain))
              .getOrDefault(id, 0L);
      report.require(
          dropped == run.number("rejected"),
          name + ": " + dropped + " dead letters for " + run.number("rejected") + " rejected");
      if (!counted.contains(fingerprint(run))) {
        count(topics, run, report);
      }
    }
  }

  private static String fingerprint(Row run) {
    return run.text("id")
        + run.number("accepted")
        + run.numbers("start_offsets")
        + run.numbers("end_offsets");
  }

  private void count(KafkaTopics topics, Row run, Report report) {
    String topic = "resource." + run.text("resource_id") + ".records";
    var ids = new HashSet<ByteBuffer>();
    var all = new AtomicLong();
    topics.read(
        offsets(topic, run.numbers("start_offsets")),
        offsets(topic, run.numbers("end_offsets")),
        message -> {
          var value =
              ByteBuffer.wrap(message.value(), FRAME_BYTES, message.value().length - FRAME_BYTES);
          var id = ByteBuffer.allocate((int) zigzag(value));
          value.get(id.array());
          if (zigzag(value) == run.number("data_version")) {
            all.incrementAndGet();
            ids.add(id);
          }
        });
    boolean holds = all.get() == run.number("accepted") && ids.size() == all.get();
    report.require(
        holds,
        "run %s: sealed %d, found %d, distinct %d"
            .formatted(run.text("id"), run.number("accepted"), all.get(), ids.size()));
    if (holds) {
      counted.add(fingerprint(run));
    }
  }

  /** Avro's variable-length long. */
  private static long zigzag(ByteBuffer bytes) {
    long raw = 0;
    int shift = 0;
    byte next;
    do {
      next = bytes.get();
      raw |= (long) (next & 0x7f) << shift;
      shift += 7;
    } while (next < 0);
    return (raw >>> 1) ^ -(raw & 1);
  }

  private static Map<TopicPartition, Long> offsets(String topic, List<Long> byPartition) {
    var offsets = new HashMap<TopicPartition, Long>();
    for (int i = 0; i < byPartition.size(); i++) {
      offsets.put(new TopicPartition(topic, i), byPartition.get(i));
    }
    return offsets;
  }

  /** Records by run, by resource and version: repetitions of a message are one. */
  private static Map<String, Map<String, Long>> announced(KafkaTopics topics) {
    var schema = dev.weir.schemas.avro.VersionSealed.getClassSchema();
    var announced = new HashMap<String, Map<String, Long>>();
    topics.readAll(
        "intake.versions",
        message -> {
          var reader = new GenericDatumReader<GenericRecord>(schema);
          byte[] value = message.value();
          var decoder =
              DecoderFactory.get()
                  .binaryDecoder(value, FRAME_BYTES, value.length - FRAME_BYTES, null);
          try {
            var version = reader.read(null, decoder);
            announced
                .computeIfAbsent(
                    version.get("resourceId") + " " + version.get("dataVersion"),
                    unseen -> new HashMap<>())
                .put(version.get("runId").toString(), (Long) version.get("records"));
          } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
    return announced;
  }

  private static Map<String, Long> deadLetters(KafkaTopics topics, String domain) {
    var byRun = new HashMap<String, Long>();
    String topic = "domain." + domain + ".dead-letters";
    if (topics.names().contains(topic)) {
      topics.readAll(
          topic,
          message -> byRun.merge(new String(message.key(), StandardCharsets.UTF_8), 1L, Long::sum));
    }
    return byRun;
  }
}

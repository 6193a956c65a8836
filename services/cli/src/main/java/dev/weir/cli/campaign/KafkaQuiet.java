package dev.weir.cli.campaign;

import dev.weir.cli.campaign.check.Sources;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Waits until nothing is under way any more, as tables and topics tell. */
final class KafkaQuiet {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final List<String> SERVICES = List.of("space", "intake", "query", "audit");
  private static final TopicPartition EVIDENCE = new TopicPartition("audit.evidence", 0);

  private KafkaQuiet() {}

  /**
   * @return what was still under way when patience ended; empty when all is quiet
   */
  static Map<String, Long> await(Sources sources) {
    long end = System.nanoTime() + LIMIT.toNanos();
    Map<String, Long> open = Map.of("unknown", 1L);
    while (System.nanoTime() < end && !open.isEmpty()) {
      try {
        open = open(sources);
      } catch (SQLException | KafkaException e) {
        open = Map.of(e.getClass().getSimpleName(), 1L);
      }
      if (!open.isEmpty()) {
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
    return open;
  }

  private static Map<String, Long> open(Sources sources) throws SQLException {
    var open = new LinkedHashMap<String, Long>();
    try (var connection =
        DriverManager.getConnection(
            sources.jdbcUrl(), sources.databaseUser(), sources.databasePassword())) {
      var questions = new LinkedHashMap<String, String>();
      for (String service : SERVICES) {
        questions.put(service + " outbox", "select count(*) from " + service + ".outbox");
      }
      questions.put(
          "queries", "select count(*) from query.queries where status in ('ACCEPTED', 'RUNNING')");
      questions.put(
          "runs", "select count(*) from intake.runs where status in ('QUEUED', 'RUNNING')");
      questions.put(
          "checkpoint",
          "select (select count(*) from audit.leaf)"
              + " - (select coalesce(max(size), 0) from audit.checkpoint where published)");
      questions.put(
          "evidence",
          evidenceEnd(sources)
              + " - (select coalesce(max(next_offset), 0) from audit.position where partition = 0)");
      for (var question : questions.entrySet()) {
        String sql = question.getValue();
        try (var statement = connection.createStatement();
            var row = statement.executeQuery(sql.startsWith("select") ? sql : "select " + sql)) {
          row.next();
          if (row.getLong(1) != 0) {
            open.put(question.getKey(), row.getLong(1));
          }
        }
      }
    }
    return open;
  }

  private static long evidenceEnd(Sources sources) {
    var settings = new HashMap<String, Object>(sources.kafka());
    settings.put("default.api.timeout.ms", "10000");
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return consumer.endOffsets(List.of(EVIDENCE)).getOrDefault(EVIDENCE, 0L);
    }
  }
}

package dev.weir.cli.campaign.check;

import dev.weir.cli.campaign.check.InvariantChecker.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Searches for the planted text everywhere on the platform's side: every column of every table,
 * every file of the platform, and every topic that is not a domain's own. Confined to one thread.
 */
final class Canary {
  private static final List<String> SCHEMAS =
      List.of("pg_catalog", "information_schema", "pg_toast");

  private final Sources sources;
  private final byte[] canary;
  private final Map<TopicPartition, Long> searched = new HashMap<>();

  Canary(Sources sources) {
    this.sources = sources;
    this.canary = sources.canary().getBytes(StandardCharsets.UTF_8);
  }

  void check(PostgresTables tables, KafkaTopics topics, Report report)
      throws SQLException, IOException {
    tables(tables, report);
    for (Path directory : sources.platformFiles()) {
      files(directory, report);
    }
    topics(topics, report);
  }

  private void tables(PostgresTables tables, Report report) throws SQLException {
    var columns =
        tables.rows(
            """
            select table_schema, table_name, column_name, data_type
            from information_schema.columns join information_schema.tables
              using (table_schema, table_name)
            where table_type = 'BASE TABLE'
            """);
    for (var column : columns) {
      if (SCHEMAS.contains(column.text("table_schema"))) {
        continue;
      }
      String name = "\"" + column.text("column_name") + "\"";
      String table =
          "\"" + column.text("table_schema") + "\".\"" + column.text("table_name") + "\"";
      String condition =
          column.text("data_type").equals("bytea")
              ? "position(convert_to(?, 'UTF8') in " + name + ") > 0"
              : "position(? in " + name + "::text) > 0";
      long hits =
          tables.number("select count(*) from " + table + " where " + condition, sources.canary());
      report.require(hits == 0, hits + " rows of " + table + "." + name);
    }
  }

  private void files(Path directory, Report report) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (var walk = Files.walk(directory)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        report.require(!contains(Files.readAllBytes(file)), "file " + directory.relativize(file));
      }
    }
  }

  private void topics(KafkaTopics topics, Report report) {
    var partitions = new HashSet<TopicPartition>();
    for (String topic : topics.names()) {
      boolean ofDomain =
          topic.startsWith("resource.") || topic.startsWith("domain.") || topic.startsWith("__");
      if (!ofDomain) {
        partitions.addAll(topics.partitions(topic));
      }
    }
    var ends = topics.ends(partitions);
    var hits = new HashSet<String>();
    topics.read(
        searched,
        ends,
        message -> {
          boolean hit = contains(message.key()) || contains(message.value());
          for (var header : message.headers()) {
            hit |= contains(header.value());
          }
          if (hit) {
            hits.add(message.topic());
          }
        });
    report.require(hits.isEmpty(), "topics " + hits);
    if (hits.isEmpty()) {
      searched.putAll(ends);
    }
  }

  private boolean contains(byte @org.jspecify.annotations.Nullable [] bytes) {
    if (bytes == null) {
      return false;
    }
    for (int at = 0; at + canary.length <= bytes.length; at++) {
      int i = 0;
      while (i < canary.length && bytes[at + i] == canary[i]) {
        i++;
      }
      if (i == canary.length) {
        return true;
      }
    }
    return false;
  }
}

package dev.weir.acceptance.aggregation;

import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.testkit.TestService;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/**
 * Looks for a number, in every form in which it could be written, wherever an aggregator writes.
 */
final class MarkedNumber {
  private static final Pattern WRITTEN = Pattern.compile("leader|helper|audit\\.");

  /** With its point; a double holds 15 digits of any number. */
  private static final int DIGITS_OF_A_FIGURE = 15;

  private final List<String> forms;
  private final TreeSet<String> found = new TreeSet<>();
  private int messages;
  private int rows;

  MarkedNumber(long number) {
    byte[] big = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    byte[] little =
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array();
    this.forms =
        List.of(
            Long.toString(number),
            Double.toString(number).substring(0, DIGITS_OF_A_FIGURE),
            Long.toHexString(number),
            HexFormat.of().formatHex(big),
            HexFormat.of().formatHex(little),
            raw(big),
            raw(little),
            Base64.getUrlEncoder().withoutPadding().encodeToString(big).substring(0, 10),
            Base64.getUrlEncoder().withoutPadding().encodeToString(little).substring(0, 10),
            BigInteger.valueOf(number).toString(2));
  }

  /** Places with the number, so far. */
  TreeSet<String> found() {
    return found;
  }

  int messages() {
    return messages;
  }

  int rows() {
    return rows;
  }

  void lines(String printed) {
    look("log", printed);
  }

  /** Names, labels and values; a value is a floating-point number there and loses digits. */
  void metrics(String role, TestService service) {
    look("metric: " + role, service.admin().get("/metrics").body());
  }

  /**
   * Keys, values and headers of every topic that an aggregator may write, the changelogs of lanes
   * and the evidence among them.
   */
  void topics(EmbeddedServices services) {
    try (var consumer = services.consumer()) {
      var partitions = new ArrayList<TopicPartition>();
      consumer
          .listTopics()
          .forEach((topic, each) -> {
            if (WRITTEN.matcher(topic).lookingAt()) {
              each.forEach(one -> partitions.add(new TopicPartition(topic, one.partition())));
            }
          });
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (var message : consumer.poll(Duration.ofMillis(200))) {
          messages++;
          String place = "topic: " + message.topic();
          look(place, String.valueOf(message.key()));
          Optional.ofNullable(message.value()).ifPresent(value -> look(place, raw(value)));
          message.headers().forEach(header -> look(place, raw(header.value())));
        }
      }
    }
  }

  /** Every row of every table in an aggregator's own database. */
  void tables(EmbeddedServices services, String role) {
    var tables =
        services.askAll(
            role,
            """
            select quote_ident(table_schema) || '.' || quote_ident(table_name)
            from information_schema.tables
            where table_schema not in ('pg_catalog', 'information_schema')
            """);
    for (String table : tables) {
      for (String row : services.askAll(role, "select t::text from " + table + " t")) {
        rows++;
        look("table: " + table, row);
      }
    }
  }

  private void look(String place, String text) {
    if (forms.stream().anyMatch(text::contains)) {
      found.add(place);
    }
  }

  /** One character for each byte. */
  private static String raw(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}

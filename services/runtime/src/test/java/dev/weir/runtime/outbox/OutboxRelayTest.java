package dev.weir.runtime.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.Operation;
import dev.weir.kernel.evidence.EvidenceKind;
import dev.weir.kernel.evidence.EvidenceRecord;
import dev.weir.runtime.embedded.Waiting;
import dev.weir.runtime.evidence.EvidenceLog;
import dev.weir.runtime.json.Json;
import dev.weir.runtime.kafka.InMemorySchemaIds;
import dev.weir.runtime.kafka.TestKafka;
import dev.weir.runtime.sql.Database;
import dev.weir.runtime.sql.DatabaseRoles;
import dev.weir.runtime.sql.TestDatabase;
import dev.weir.schemas.avro.EvidenceEntry;
import dev.weir.schemas.avro.StateSnapshot;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OutboxRelayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final InMemorySchemaIds SCHEMAS = new InMemorySchemaIds();
  private static TestDatabase server;
  private static Database database;
  private static TestKafka kafka;

  @BeforeAll
  static void start() {
    server = TestDatabase.create("outbox_test", "space");
    database = server.open("space", 4);
    kafka = TestKafka.start();
  }

  @AfterAll
  static void stop() throws Exception {
    kafka.close();
    database.close();
    server.close();
  }

  @Test
  void messages_ofCommittedTransactions_arriveInOrderAndLeaveTheOutbox() throws Exception {
    // given
    var signal = new OutboxSignal();
    var outbox = new Outbox("space", signal);
    var relay = relay(signal);
    relay.start();
    // when
    for (int i = 1; i <= 300; i++) {
      publish(outbox, "ordered", i);
    }
    rollBack(outbox, "ordered");
    // then
    var arrived = await("space.products", "ordered", messages -> messages.size() >= 300);
    relay.stop();
    assertThat(arrived)
        .extracting(message -> ((StateSnapshot) message.value()).getVersion())
        .containsExactlyElementsOf(versions(300));
    assertThat(waiting()).isZero();
    assertThat(relay.keepsUp(PATIENCE)).isTrue();
  }

  @Test
  void relay_killedBetweenSendingAndDeleting_repeatsTheSameIdsOnly() throws Exception {
    // given
    var signal = new OutboxSignal();
    var outbox = new Outbox("space", signal);
    for (int i = 1; i <= 20; i++) {
      publish(outbox, "killed", i);
    }
    // when: the first attempt sends everything and dies before it deletes
    var clients = kafka.clients("space", SCHEMAS);
    try (var rows = OutboxRows.open(server.as(DatabaseRoles.RELAY), "space");
        var sender = new OutboxSender(clients)) {
      assertThat(rows.hold()).isTrue();
      sender.send(rows.next());
    }
    var relay = relay(signal);
    relay.start();
    var arrived = await("space.products", "killed", messages -> messages.size() >= 40);
    relay.stop();
    // then
    assertThat(arrived).hasSize(40);
    assertThat(arrived.stream().map(OutboxRelayTest::stableId).distinct()).hasSize(20);
    assertThat(arrived.subList(0, 20).stream().map(OutboxRelayTest::stableId).toList())
        .isEqualTo(arrived.subList(20, 40).stream().map(OutboxRelayTest::stableId).toList());
  }

  @Test
  void secondRelay_waitsWhileTheFirstHoldsTheLock() throws Exception {
    try (var first = OutboxRows.open(server.as(DatabaseRoles.RELAY), "space");
        var second = OutboxRows.open(server.as(DatabaseRoles.RELAY), "space")) {
      // when / then
      assertThat(first.hold()).isTrue();
      assertThat(second.hold()).isFalse();
      first.close();
      assertThat(Waiting.until(PATIENCE, () -> holds(second))).isTrue();
    }
  }

  @Test
  void messages_writtenWhileTheBrokerIsDown_arriveWhenItIsBack() throws Exception {
    // given
    var signal = new OutboxSignal();
    var outbox = new Outbox("space", signal);
    var relay = relay(signal);
    relay.start();
    kafka.stopBroker();
    for (int i = 1; i <= 10; i++) {
      publish(outbox, "outage", i);
    }
    // when
    kafka.startBroker();
    var arrived = await("space.products", "outage", messages -> messages.size() >= 10);
    relay.stop();
    // then
    assertThat(arrived.stream().map(m -> ((StateSnapshot) m.value()).getVersion()).distinct())
        .containsExactlyElementsOf(versions(10));
  }

  @Test
  void evidence_isCanonicalAndReadableByItsPartiesOnly() throws Exception {
    // given
    var signal = new OutboxSignal();
    var evidence = new EvidenceLog(new Outbox("space", signal), "space");
    var party = code("11110000000000010");
    var reader = code("91110000000000021");
    var record =
        EvidenceRecord.of(
            EvidenceKind.PRODUCT,
            Instant.parse("2026-01-01T00:00:00Z"),
            party,
            "operator-officer",
            Operation.PRODUCT_LIST,
            "object",
            "bundle",
            Map.of("count", "1"));
    // when
    var leaf =
        database.asService("append", handle -> evidence.append(handle, record, reader, party));
    var relay = relay(signal);
    relay.start();
    var arrived =
        await("audit.evidence", leaf.toString(), messages -> !messages.isEmpty()).getFirst();
    relay.stop();
    // then
    var entry = (EvidenceEntry) arrived.value();
    assertThat(entry.getBody().array()).isEqualTo(Json.canonical(record));
    assertThat(entry.getParties()).containsExactly(party.value(), reader.value());
  }

  @Test
  void evidence_tooLongForALeaf_isRefusedAndRollsBack() {
    // given
    var evidence = new EvidenceLog(new Outbox("space", new OutboxSignal()), "space");
    var record =
        EvidenceRecord.of(
            EvidenceKind.PRODUCT,
            Instant.EPOCH,
            code("11110000000000010"),
            "actor",
            Operation.PRODUCT_LIST,
            "object",
            "bundle",
            Map.of("long", "x".repeat(EvidenceRecord.MAX_LEAF_BYTES)));
    // when / then
    assertThatThrownBy(
            () -> database.asService("append", handle -> evidence.append(handle, record)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static OutboxRelay relay(OutboxSignal signal) {
    return new OutboxRelay(
        server.as(DatabaseRoles.RELAY),
        "space",
        kafka.clients("space", SCHEMAS),
        signal,
        Clock.systemUTC());
  }

  private static void publish(Outbox outbox, String key, long version) {
    var states = new StatePublisher(outbox);
    database.asService(
        "publish",
        handle -> {
          states.publish(
              handle, "product", "space.products", key, version, Instant.EPOCH, List.of(version));
          return key;
        });
  }

  private static void rollBack(Outbox outbox, String key) {
    assertThatThrownBy(() ->
            database.asService(
                "roll back",
                handle -> {
                  new StatePublisher(outbox)
                      .publish(handle, "product", "space.products", key, 999, Instant.EPOCH, "x");
                  throw new IllegalStateException("rolled back");
                }))
        .isInstanceOf(IllegalStateException.class);
  }

  private static List<ConsumerRecord<String, Object>> await(
      String topic, String key, Predicate<List<ConsumerRecord<String, Object>>> enough) {
    var found = new ArrayList<ConsumerRecord<String, Object>>();
    try (var consumer = kafka.clients("audit", SCHEMAS).consumer()) {
      var partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      Waiting.until(
          PATIENCE,
          () -> {
            for (var message : consumer.poll(Duration.ofMillis(100))) {
              if (message.key().equals(key)) {
                found.add(message);
              }
            }
            return enough.test(found);
          });
    }
    return found;
  }

  private static String stableId(ConsumerRecord<String, Object> message) {
    return new String(
        message.headers().lastHeader(OutboxSender.ID_HEADER).value(), StandardCharsets.UTF_8);
  }

  private static boolean holds(OutboxRows rows) {
    try {
      return rows.hold();
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long waiting() throws Exception {
    var count = new long[1];
    Waiting.until(
        PATIENCE,
        () -> {
          try (var rows = OutboxRows.open(server.as(DatabaseRoles.RELAY), "space")) {
            count[0] = rows.next().size();
          } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
          }
          return count[0] == 0;
        });
    return count[0];
  }

  private static List<Long> versions(int count) {
    return java.util.stream.LongStream.rangeClosed(1, count).boxed().toList();
  }

  private static CreditCode code(String first17) {
    return CreditCode.of(first17 + CreditCode.checkCharacter(first17));
  }
}

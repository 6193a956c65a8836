package dev.weir.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.Bilingual;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.Role;
import dev.weir.policy.state.ParticipantState;
import dev.weir.runtime.embedded.Waiting;
import dev.weir.runtime.json.Json;
import dev.weir.runtime.kafka.InMemorySchemaIds;
import dev.weir.runtime.kafka.TestKafka;
import dev.weir.schemas.avro.StateSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StateViewTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String TOPIC = "space.participants";
  private static final InMemorySchemaIds SCHEMAS = new InMemorySchemaIds();
  private static TestKafka kafka;

  @BeforeAll
  static void start() {
    kafka = TestKafka.start();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void view_readsToTheEndThenFollows_andNeverGoesBack() throws Exception {
    // given
    var party = code("11110000000000010");
    publish(party, 1, "first");
    publish(party, 3, "third");
    var view = view();
    var seen = new CopyOnWriteArrayList<Long>();
    view.onChange(state -> {
      if (state.creditCode().equals(party)) {
        seen.add(state.version());
      }
    });
    // when
    view.start();
    assertThat(Waiting.until(PATIENCE, view::caughtUp)).isTrue();
    var atTheEnd = view.get(party.value()).orElseThrow();
    publish(party, 2, "late duplicate");
    publish(party, 3, "late duplicate");
    publish(party, 4, "fourth");
    assertThat(Waiting.until(PATIENCE, () -> seen.contains(4L))).isTrue();
    view.stop();
    // then
    assertThat(atTheEnd.name().en()).isEqualTo("third");
    assertThat(view.get(party.value()).orElseThrow().name().en()).isEqualTo("fourth");
    assertThat(seen).containsExactly(1L, 3L, 4L);
  }

  @Test
  void view_outlivesARestartOfTheBroker() throws Exception {
    // given
    var party = code("91110000000000021");
    publish(party, 1, "before");
    var view = view();
    view.start();
    assertThat(Waiting.until(PATIENCE, () -> view.get(party.value()).isPresent())).isTrue();
    // when
    kafka.stopBroker();
    kafka.startBroker();
    publish(party, 2, "after");
    // then
    assertThat(
            Waiting.until(
                PATIENCE,
                () -> view.get(party.value()).orElseThrow().version() == 2 && view.caughtUp()))
        .isTrue();
    view.stop();
  }

  @Test
  void view_withAListenerThatFails_goesOn() throws Exception {
    // given
    var party = code("91110000000000032");
    var view = view();
    view.onChange(state -> {
      throw new IllegalStateException("a listener's own fault");
    });
    view.start();
    // when
    publish(party, 1, "one");
    publish(party, 2, "two");
    // then
    assertThat(
            Waiting.until(
                PATIENCE, () -> view.get(party.value()).filter(s -> s.version() == 2).isPresent()))
        .isTrue();
    view.stop();
  }

  private static StateView<ParticipantState> view() {
    return new StateView<>(kafka.clients("query", SCHEMAS), TOPIC, ParticipantState.class);
  }

  private static void publish(CreditCode party, long version, String name) throws Exception {
    var state =
        new ParticipantState(
            party, version, Bilingual.same(name), Set.of(Role.PROVIDER), List.of(), true);
    String json = Json.mapper().writeValueAsString(state);
    var snapshot = new StateSnapshot("participant", party.value(), version, Instant.EPOCH, json);
    try (KafkaProducer<String, Object> producer =
        kafka.clients("space", SCHEMAS).idempotentProducer()) {
      producer.send(new ProducerRecord<>(TOPIC, party.value(), snapshot)).get();
    }
  }

  private static CreditCode code(String first17) {
    return CreditCode.of(first17 + CreditCode.checkCharacter(first17));
  }
}

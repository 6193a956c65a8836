package dev.weir.space.registry;

import static dev.weir.space.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.ProblemType;
import dev.weir.runtime.evidence.EvidenceLog;
import dev.weir.runtime.kafka.TopicCatalogue;
import dev.weir.runtime.outbox.Outbox;
import dev.weir.runtime.outbox.OutboxSignal;
import dev.weir.space.SpaceFixture;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

final class SchemaStoreTest {
  private static final String FIRST =
      """
      {"type":"record","name":"R","fields":[{"name":"a","type":"long"}]}
      """;
  private static final String GROWN =
      """
      {"type":"record","name":"R","fields":[{"name":"a","type":"long"},
       {"name":"b","type":["null","string"],"default":null}]}
      """;
  private static final String BROKEN =
      """
      {"type":"record","name":"R","fields":[{"name":"a","type":"long"},{"name":"c","type":"long"}]}
      """;

  private final SpaceFixture space = SpaceFixture.shared();
  private final SchemaStore store =
      new SchemaStore(
          space.database,
          new SchemaLeaves(
              () -> new EvidenceLog(new Outbox("space", new OutboxSignal()), "space"),
              space.clock,
              "test-bundle"),
          space.clock);
  private final RegistryLogin login =
      new RegistryLogin((user, password) -> password.equals("right"), TopicCatalogue.load());

  @Test
  void register_aGrownSchema_getsTheNextVersion_andABrokenOneIsRefused() {
    var first = store.register("intake", "grow-value", FIRST);
    var again = store.register("intake", "grow-value", FIRST);
    var grown = store.register("intake", "grow-value", GROWN);
    assertThat(again).isEqualTo(first);
    assertThat(grown.version()).isEqualTo(2);
    assertThat(store.isCompatible("grow-value", BROKEN)).isFalse();
    assertRefused(
        ProblemType.SCHEMA_INCOMPATIBLE, () -> store.register("intake", "grow-value", BROKEN));
    assertThat(store.schemaOf(first.id()).getField("a")).isNotNull();
  }

  @Test
  void register_ofANewVersion_writesItsLeafInTheSameTransaction_andARepetitionWritesNone() {
    var first = store.register("intake", "leaf-value", FIRST);
    assertThat(leaves("leaf-value")).isEqualTo(1);
    store.register("intake", "leaf-value", FIRST);
    assertThat(leaves("leaf-value")).isEqualTo(1);
    assertRefused(
        ProblemType.SCHEMA_INCOMPATIBLE, () -> store.register("intake", "leaf-value", BROKEN));
    assertThat(leaves("leaf-value")).isEqualTo(1);
    assertThat(
            space.count(
                "select count(*) from space.outbox where topic = 'audit.evidence' and position("
                    + "convert_to('\"schemaId\":\"%d\"', 'UTF8') in value) > 0"
                        .formatted(first.id())))
        .isPositive();
  }

  private long leaves(String subject) {
    return space.count(
        "select count(*) from space.outbox where topic = 'audit.evidence' and position("
            + "convert_to('SCHEMA_REGISTER', 'UTF8') in value) > 0 and position("
            + "convert_to('\"%s\"', 'UTF8') in value) > 0".formatted(subject));
  }

  @Test
  void register_hostileText_isRefused() {
    assertRefused(ProblemType.VALIDATION_FAILED, () -> store.register("intake", "x-value", "{"));
    assertRefused(
        ProblemType.VALIDATION_FAILED,
        () -> store.register("intake", "x-value", "[".repeat(10_000)));
    assertRefused(
        ProblemType.VALIDATION_FAILED,
        () ->
            store.register(
                "intake", "x-value", "{\"type\":\"string\",\"java-class\":\"java.io.File\"}"));
    assertRefused(
        ProblemType.VALIDATION_FAILED,
        () -> store.register("intake", "x-value", " ".repeat(300_000)));
  }

  @Test
  void login_isAServicesBrokerLogin_andOnlyWritersRegister() {
    assertRefused(ProblemType.UNAUTHENTICATED, () -> login.service(null));
    assertRefused(ProblemType.UNAUTHENTICATED, () -> login.service(basic("intake:wrong")));
    assertRefused(ProblemType.UNAUTHENTICATED, () -> login.service(basic("stranger:right")));
    assertThat(login.service(basic("intake:right"))).isEqualTo("intake");
    login.requireWriter("intake", "resource.0d3c.records-value");
    assertRefused(
        ProblemType.FORBIDDEN, () -> login.requireWriter("query", "space.contracts-value"));
    assertRefused(ProblemType.FORBIDDEN, () -> login.requireWriter("intake", "other-value"));
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}

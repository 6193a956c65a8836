package dev.weir.space.registry;

import static dev.weir.space.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.ProblemType;
import dev.weir.runtime.kafka.TopicCatalogue;
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
  private final SchemaStore store = new SchemaStore(space.database, space.clock);
  private final RegistryLogin login =
      new RegistryLogin((user, password) -> password.equals("right"), TopicCatalogue.load());

  @Test
  void register_aGrownSchema_getsTheNextVersion_andABrokenOneIsRefused() {
    var first = store.register("grow-value", FIRST);
    var again = store.register("grow-value", FIRST);
    var grown = store.register("grow-value", GROWN);
    assertThat(again).isEqualTo(first);
    assertThat(grown.version()).isEqualTo(2);
    assertThat(store.isCompatible("grow-value", BROKEN)).isFalse();
    assertRefused(ProblemType.SCHEMA_INCOMPATIBLE, () -> store.register("grow-value", BROKEN));
    assertThat(store.schemaOf(first.id()).getField("a")).isNotNull();
  }

  @Test
  void register_hostileText_isRefused() {
    assertRefused(ProblemType.VALIDATION_FAILED, () -> store.register("x-value", "{"));
    assertRefused(
        ProblemType.VALIDATION_FAILED, () -> store.register("x-value", "[".repeat(10_000)));
    assertRefused(
        ProblemType.VALIDATION_FAILED,
        () -> store.register("x-value", "{\"type\":\"string\",\"java-class\":\"java.io.File\"}"));
    assertRefused(
        ProblemType.VALIDATION_FAILED, () -> store.register("x-value", " ".repeat(300_000)));
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

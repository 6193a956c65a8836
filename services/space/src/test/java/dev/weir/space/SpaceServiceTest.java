package dev.weir.space;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.Role;
import dev.weir.runtime.embedded.EmbeddedKafka;
import dev.weir.runtime.embedded.KafkaSettings;
import dev.weir.runtime.kafka.HttpSchemaRegistry;
import dev.weir.runtime.kafka.KafkaAccess;
import dev.weir.runtime.kafka.SchemaIds;
import dev.weir.runtime.kafka.TopicCatalogue;
import dev.weir.runtime.secret.Secret;
import dev.weir.runtime.secret.SecretAccess;
import dev.weir.schemas.avro.IntakeProgress;
import dev.weir.testkit.Account;
import dev.weir.testkit.ApiClient;
import dev.weir.testkit.LocalIssuer;
import dev.weir.testkit.OpenApiContract;
import dev.weir.testkit.TestService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as it runs: real broker, real database, tokens of a local issuer. */
final class SpaceServiceTest {
  private static final SpaceFixture SPACE = SpaceFixture.populated();
  private static final Account PROVIDER =
      Account.of("department-officer", SpaceFixture.DEPARTMENT, Role.PROVIDER);
  private static final Account STRANGER =
      Account.of("stranger-analyst", SpaceFixture.STRANGER, Role.CONSUMER);
  private static final Account BUILDER =
      Account.of("builder-analyst", SpaceFixture.BUILDER, Role.CONSUMER);

  @TempDir private static Path directory;
  private static EmbeddedKafka kafka;
  private static LocalIssuer issuer;
  private static TestService service;

  @BeforeAll
  static void start() throws Exception {
    kafka =
        EmbeddedKafka.startInProcess(
            KafkaSettings.temporary(directory, List.of("space", "intake", "query")));
    try (var admin = kafka.admin()) {
      TopicCatalogue.load().ensureAccess(admin);
      TopicCatalogue.load().ensureTopics(admin);
    }
    issuer = LocalIssuer.start();
    service =
        TestService.start(
            new SpaceApplication(),
            "space",
            issuer,
            Map.of("database", database(), "kafka", broker()));
  }

  @AfterAll
  static void stop() throws Exception {
    service.close();
    issuer.close();
    kafka.close();
    SPACE.close();
  }

  @Test
  void openApiFile_saysWhatTheServiceDoes() {
    OpenApiContract.check(service);
  }

  @Test
  void resource_registeredTwiceUnderOneKey_isOneResource() throws Exception {
    var body = dev.weir.runtime.json.Json.mapper().writeValueAsBytes(Samples.resource(1));
    var first = register(body, "key-0001");
    var again = register(body, "key-0001");
    assertThat(first.status()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(register(body, "key-0002").body()).isNotEqualTo(first.body());
    var other = dev.weir.runtime.json.Json.mapper().writeValueAsBytes(Samples.resource(2));
    assertThat(register(other, "key-0001").status()).isEqualTo(409);
  }

  @Test
  void unknownField_andMissingField_areRefused() {
    var officer = service.as(PROVIDER);
    assertThat(officer.post("/v1/resources", Map.of("surprise", 1)).status()).isEqualTo(400);
    var missing = officer.post("/v1/resources", Map.of("topic", "transport", "synthetic", true));
    assertThat(missing.status()).isEqualTo(400);
    assertThat(missing.body()).contains("urn:weir:problem:");
  }

  @Test
  void contractOfOthers_answersByteForByteLikeAnUnknownOne() {
    var story = new SpaceStory(SPACE);
    var contract = story.proposed(story.offer(1_000_000L), 1_000);
    var stranger = service.as(STRANGER);
    for (String path : List.of("", "/terms", "/rounds", "/history")) {
      var hidden = stranger.get("/v1/contracts/" + contract.id() + path);
      var unknown = stranger.get("/v1/contracts/" + ContractId.random() + path);
      assertThat(hidden.status()).isEqualTo(404);
      assertThat(withoutInstance(hidden.body())).isEqualTo(withoutInstance(unknown.body()));
      assertThat(service.as(BUILDER).get("/v1/contracts/" + contract.id() + path).status())
          .isEqualTo(200);
    }
  }

  @Test
  void registry_believesTheBrokersLoginsAndNoOthers() {
    var intake = registry("intake", kafka.user("intake").revealPassword());
    int id = intake.idOf("intake.progress-value", IntakeProgress.getClassSchema());
    assertThat(intake.schemaOf(id)).isEqualTo(IntakeProgress.getClassSchema());
    Assertions.assertThatThrownBy(() ->
            registry("intake", "wrong")
                .idOf("intake.progress-value", IntakeProgress.getClassSchema()))
        .isInstanceOf(SchemaIds.RegistryUnavailable.class)
        .hasMessageContaining("401");
    Assertions.assertThatThrownBy(() ->
            registry("query", kafka.user("query").revealPassword())
                .idOf("intake.progress-value", IntakeProgress.getClassSchema()))
        .hasMessageContaining("403");
  }

  @Test
  void registry_asksForTheLoginBeforeItReadsABody() {
    var stranger = service.anonymous();
    for (String path :
        List.of(
            "/apis/ccompat/v7/subjects/intake.progress-value/versions",
            "/apis/ccompat/v7/compatibility/subjects/intake.progress-value/versions/latest")) {
      var answer = stranger.send("POST", path, "{\"schema\": [".getBytes(UTF_8));
      assertThat(answer.is(ProblemType.UNAUTHENTICATED)).as(answer.body()).isTrue();
    }
  }

  private static dev.weir.testkit.Answer register(byte[] body, String key) {
    ApiClient officer = service.as(PROVIDER);
    return officer.send(
        officer
            .request("/v1/resources")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofByteArray(body)));
  }

  private static String withoutInstance(String problem) {
    return problem.replaceAll("urn:uuid:[0-9a-f-]{36}", "urn:uuid:" + new UUID(0, 0));
  }

  private static SchemaIds registry(String user, String password) {
    return new HttpSchemaRegistry(
        URI.create(service.running().api() + "/apis/ccompat/v7"),
        new KafkaAccess(kafka.bootstrapServers(), user, Secret.of(password)));
  }

  private static Map<String, Object> broker() {
    return Map.of(
        "bootstrapServers",
        kafka.bootstrapServers(),
        "username",
        "space",
        "passwordFile",
        file("broker", kafka.user("space").revealPassword()),
        "registryUrl",
        "http://127.0.0.1:1/apis/ccompat/v7");
  }

  private static Map<String, Object> database() {
    return Map.of(
        "jdbcUrl",
        SPACE.access("weir_space").jdbcUrl(),
        "applicationUser",
        "weir_space",
        "applicationPasswordFile",
        password("weir_space"),
        "migrationUser",
        "weir_migrate",
        "migrationPasswordFile",
        password("weir_migrate"),
        "relayUser",
        "weir_relay",
        "relayPasswordFile",
        password("weir_relay"),
        "maxConnections",
        8);
  }

  private static String password(String role) {
    return file(role, SPACE.access(role).password().reveal(SecretAccess.DATABASE_LOGIN));
  }

  private static String file(String name, String secret) {
    try {
      return Files.writeString(directory.resolve(name + ".password"), secret).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

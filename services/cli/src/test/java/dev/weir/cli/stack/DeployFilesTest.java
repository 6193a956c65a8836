package dev.weir.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.weir.runtime.kafka.TopicCatalogue;
import dev.weir.runtime.sql.DatabaseRoles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class DeployFilesTest {
  private static final Path DEPLOY = Path.of(System.getProperty("weir.root"), "deploy");

  @TestFactory
  Stream<DynamicTest> deployedFile_isWhatTheCatalogueSays() {
    return DeployFiles.render().entrySet().stream()
        .map(file ->
            DynamicTest.dynamicTest(
                file.getKey(),
                () ->
                    assertThat(DEPLOY.resolve(file.getKey()))
                        .as("write it anew with ./weir deploy-files")
                        .hasContent(file.getValue())));
  }

  @Test
  void compose_startsEveryServiceAndPublishesOnLoopbackOnly() throws Exception {
    // given
    JsonNode compose = new YAMLMapper().readTree(DEPLOY.resolve("compose.yaml").toFile());
    // when
    var names = new TreeSet<String>();
    compose.path("services").fieldNames().forEachRemaining(names::add);
    // then
    assertThat(names)
        .contains("kafka", "postgres", "keycloak", "witness")
        .contains("space", "intake", "query", "audit", "leader", "helper");
    for (JsonNode service : compose.path("services")) {
      service.path("ports").forEach(port -> assertThat(port.asText()).startsWith("127.0.0.1:"));
    }
    assertThat(Files.readString(DEPLOY.resolve("compose.yaml"))).doesNotContain("PASSWORD: ");
  }

  @Test
  void container_ofOurs_holdsItsOwnSecretsAndDataAndNothingElse() throws Exception {
    for (String part : OURS) {
      JsonNode service = service(part);
      // secrets: exactly those that its own configuration file names
      assertThat(texts(service.path("secrets")))
          .as(part)
          .containsExactlyInAnyOrderElementsOf(namedBy(part));
      // volumes: its own configuration and data; of another part the public keys, to read
      for (String volume : texts(service.path("volumes"))) {
        assertThat(volume)
            .as(part)
            .matches(
                "\\./config/%1$s\\.yaml:/etc/weir/%1$s\\.yaml:ro|%1$s-data:/var/lib/weir/%1$s|%1$s-public:/var/lib/weir/public/%1$s|[a-z]+-public:/var/lib/weir/public/[a-z]+:ro"
                    .formatted(part));
      }
    }
  }

  @Test
  void container_ofOurs_runsAsNobodyOnAFileSystemItCannotChange() throws Exception {
    for (String part : OURS) {
      JsonNode service = service(part);
      assertThat(service.path("user").asText()).as(part).isEqualTo(user(part));
      assertThat(service.path("read_only").asBoolean()).as(part).isTrue();
      assertThat(texts(service.path("cap_drop"))).as(part).containsExactly("ALL");
      assertThat(texts(service.path("security_opt"))).containsExactly("no-new-privileges:true");
      assertThat(service.has("privileged")).isFalse();
      assertThat(service.has("environment")).isFalse();
    }
    assertThat(Files.readString(DEPLOY.resolve("Dockerfile")))
        .contains("USER 10001:10001")
        .doesNotContain("secrets/");
  }

  @Test
  void script_raisesTheLimitsOfTopicsAndChangelogsThatAreThere() throws Exception {
    assertThat(Files.readAllLines(DEPLOY.resolve("kafka").resolve("apply.sh")))
        .contains(
            "limit leader.reports 4259840",
            "limit helper.batches 4259840",
            "limits leader- 4259840",
            "limits helper- 4259840")
        .noneMatch(line -> line.startsWith("limit helper.job-answers"));
  }

  @Test
  void helper_hearsTheOperatorAtTheBroker() throws Exception {
    var parties = new YAMLMapper().readTree(DEPLOY.resolve("demo/parties.json").toFile());
    assertThat(parties.path("parties").valueStream())
        .filteredOn(party -> party.path("key").asText().equals("operator"))
        .singleElement()
        .extracting(party -> party.path("creditCode").asText())
        .isEqualTo(configuration("helper").at("/leaderParty").asText());
  }

  @Test
  void aggregators_haveUsersDatabasesPrincipalsAndDataOfTheirOwn() throws Exception {
    var leader = configuration("leader");
    var helper = configuration("helper");
    for (String key :
        List.of(
            "/role",
            "/address",
            "/keys",
            "/state",
            "/database/jdbcUrl",
            "/database/applicationUser",
            "/database/applicationPasswordFile",
            "/database/migrationUser",
            "/database/migrationPasswordFile",
            "/database/relayUser",
            "/database/relayPasswordFile",
            "/kafka/username",
            "/kafka/passwordFile")) {
      assertThat(leader.at(key).asText())
          .as(key)
          .isNotEmpty()
          .isNotEqualTo(helper.at(key).asText());
    }
    var shared = new TreeSet<>(texts(service("leader").path("secrets")));
    shared.retainAll(texts(service("helper").path("secrets")));
    assertThat(shared)
        .as("what one database server and one broker have in common")
        .containsExactly("kafka-trusted.pem");
    var volumes = new TreeSet<>(texts(service("leader").path("volumes")));
    volumes.retainAll(texts(service("helper").path("volumes")));
    assertThat(volumes).isEmpty();
    var users = new TreeSet<String>();
    for (String part : OURS) {
      users.add(part.equals("leader") || part.equals("helper") ? user(part) : "others");
    }
    assertThat(users).hasSize(3).doesNotContain("10001:10001");
    String image = Files.readString(DEPLOY.resolve("Dockerfile"));
    for (String part : List.of("leader", "helper")) {
      String id = user(part).replaceAll(":.*", "");
      assertThat(image)
          .contains("install -d -o %1$s -g %1$s -m 0700 /var/lib/weir/%2$s".formatted(id, part));
    }
  }

  private static String user(String part) {
    return switch (part) {
      case "leader" -> "10011:10011";
      case "helper" -> "10012:10012";
      default -> "10001:10001";
    };
  }

  private static JsonNode configuration(String part) throws IOException {
    return new YAMLMapper().readTree(DEPLOY.resolve("config").resolve(part + ".yaml").toFile());
  }

  @Test
  void secret_ofTheFile_isMadeByTheCommandAndUsedBySomebody(@TempDir Path directory)
      throws Exception {
    new DeploySecrets(directory.resolve("secrets"), new SecureRandom())
        .write(Files.readString(DEPLOY.resolve("keycloak").resolve("weir-realm.json")));
    var used = new TreeSet<String>();
    for (JsonNode service : compose().path("services")) {
      used.addAll(texts(service.path("secrets")));
    }
    var declared = new TreeSet<String>();
    compose().path("secrets").fieldNames().forEachRemaining(declared::add);
    assertThat(used).isEqualTo(declared);
    for (String secret : declared) {
      assertThat(directory.resolve("secrets").resolve(secret)).isNotEmptyFile();
    }
    assertThat(Files.readString(directory.resolve("secrets").resolve("weir-realm.json")))
        .doesNotContain("${secret.");
    assertThat(Files.getPosixFilePermissions(directory.resolve("secrets"))).hasSize(3);
  }

  @Test
  void secrets_thatAreThere_stay(@TempDir Path directory) throws Exception {
    var secrets = new DeploySecrets(directory, new SecureRandom());
    secrets.write("{}");
    String before = Files.readString(directory.resolve("kafka.properties"));
    secrets.write("{}");
    assertThat(directory.resolve("kafka.properties")).hasContent(before);
  }

  private static final List<String> OURS =
      List.of("init", "space", "intake", "query", "audit", "leader", "helper", "witness");

  private static JsonNode compose() throws IOException {
    return new YAMLMapper().readTree(DEPLOY.resolve("compose.yaml").toFile());
  }

  /** The part's settings over those it shares. */
  private static JsonNode service(String part) throws IOException {
    ObjectNode whole = compose().path("x-service").deepCopy();
    whole.setAll((ObjectNode) compose().path("services").path(part));
    return whole;
  }

  private static List<String> texts(JsonNode list) {
    var texts = new ArrayList<String>();
    list.forEach(one -> texts.add(one.isObject() ? one.path("source").asText() : one.asText()));
    return texts;
  }

  private static List<String> namedBy(String part) throws IOException {
    if (part.equals("init")) {
      var names =
          new ArrayList<>(
              List.of(
                  "postgres-postgres", "postgres-keycloak", "kafka-admin", "kafka-trusted.pem"));
      DatabaseRoles.all().forEach(role -> names.add("postgres-" + role));
      TopicCatalogue.load().principals().forEach(service -> names.add("kafka-" + service));
      return names;
    }
    String yaml = Files.readString(DEPLOY.resolve("config").resolve(part + ".yaml"));
    return Pattern.compile("/run/secrets/(\\S+)")
        .matcher(yaml)
        .results()
        .map(found -> found.group(1))
        .distinct()
        .toList();
  }
}

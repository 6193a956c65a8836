package dev.weir.acceptance.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.acceptance.stack.SharedServices;
import dev.weir.runtime.kafka.TopicCatalogue;
import dev.weir.runtime.kafka.TopicDefinition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code deploy/kafka/apply.sh} on a real broker, with Kafka's own commands run from their classes.
 * The broker is shared: topics and logins of the test stand for the script's.
 */
@ExtendWith(SharedServices.class)
class ApplyScriptTest {
  private static final String SMALLER = "leader.apply-smaller";
  private static final String LARGER = "leader.apply-larger";

  /** Before the names of topics and logins that stand for the script's. */
  private static final String OURS = "applied-";

  private static final int WANTED = 4_259_840;
  private static final int OPERATORS = 9_000_000;

  @TempDir private Path directory;
  private List<String> lines = List.of();

  @BeforeEach
  void read() throws IOException {
    lines =
        Files.readAllLines(Path.of(System.getProperty("weir.root"), "deploy", "kafka", "apply.sh"));
    Files.createDirectories(directory.resolve("bin"));
  }

  /** The script with other commands in the place of its own. */
  private Path script(Stream<String> commands) throws IOException {
    var head = lines.stream().filter(line -> !line.matches("(topic|allow|limits?|compression) .*"));
    return executable(
        directory.resolve("apply.sh"),
        Stream.concat(head, commands).collect(Collectors.joining("\n", "", "\n")));
  }

  private static Path executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void limits_areRaised_andAnOperatorsLargerOneStays(EmbeddedServices services) throws Exception {
    // given
    assertThat(lines)
        .contains("limit leader.reports " + WANTED)
        .contains("compression leader.preparation uncompressed");
    executable(
        directory.resolve("bin/kafka-configs.sh"),
        "#!/bin/sh\nexec '%s/bin/java' -Xmx64m -XX:TieredStopAtLevel=1 -cp '%s' kafka.admin.ConfigCommand \"$@\"\n"
            .formatted(System.getProperty("java.home"), System.getProperty("java.class.path")));
    var script =
        script(
            Stream.concat(
                Stream.of(SMALLER, LARGER).map(topic -> "limit " + topic + " " + WANTED),
                Stream.of("compression " + SMALLER + " uncompressed")));
    try (var admin = services.brokerAdmin()) {
      admin
          .createTopics(
              List.of(new NewTopic(SMALLER, 1, (short) 1), new NewTopic(LARGER, 1, (short) 1)))
          .all()
          .get();
      var larger = new ConfigEntry("max.message.bytes", Integer.toString(OPERATORS));
      admin
          .incrementalAlterConfigs(
              Map.of(topic(LARGER), List.of(new AlterConfigOp(larger, AlterConfigOp.OpType.SET))))
          .all()
          .get();
      // when
      String said = run(services, script);
      // then
      assertThat(said).contains("Completed updating config for topic " + SMALLER);
      assertThat(said).doesNotContain("Completed updating config for topic " + LARGER);
      var configs = admin.describeConfigs(List.of(topic(SMALLER), topic(LARGER))).all().get();
      var limits = new HashMap<String, String>();
      configs.forEach(
          (of, config) -> limits.put(of.name(), config.get("max.message.bytes").value()));
      assertThat(configs.get(topic(SMALLER)).get("compression.type").value())
          .isEqualTo("uncompressed");
      assertThat(limits)
          .containsEntry(SMALLER, Integer.toString(WANTED))
          .containsEntry(LARGER, Integer.toString(OPERATORS));
      admin.deleteTopics(List.of(SMALLER, LARGER)).all().get();
    }
  }

  @Test
  void topicsAndRules_areWhatTheCatalogueSays(EmbeddedServices services) throws Exception {
    // given: what the script asks of the two commands, word for word
    for (String command : List.of("kafka-topics", "kafka-acls")) {
      executable(
          directory.resolve("bin").resolve(command + ".sh"),
          "#!/bin/sh\nprintf '%%s\\t' %s \"$@\" >> '%s'\necho >> '%2$s'\n"
              .formatted(command, directory.resolve("asked")));
    }
    var catalogue = TopicCatalogue.load();
    run(
        services,
        script(
            lines.stream()
                .filter(line -> line.matches("(topic|allow) .*"))
                .map(line -> line.replace("topic --topic ", "topic --topic " + OURS))
                .map(line -> line.replace("User:", "User:" + OURS))));
    try (var admin = services.brokerAdmin()) {
      // when
      KafkaCommand.run(
          Files.readAllLines(directory.resolve("asked")).stream()
              .map(asked -> List.of(asked.split("\t")))
              .toList());
      // then
      assertThat(rules(admin))
          .isEqualTo(
              catalogue.aclBindings().stream()
                  .map(rule -> told(rule, "User:"))
                  .collect(Collectors.toCollection(TreeSet::new)));
      var fixed = catalogue.topics().stream().filter(topic -> !topic.isPattern()).toList();
      var names = fixed.stream().map(topic -> OURS + topic.name()).toList();
      var made = admin.describeTopics(names).allTopicNames().get();
      var configs =
          admin.describeConfigs(names.stream().map(ApplyScriptTest::topic).toList()).all().get();
      for (TopicDefinition definition : fixed) {
        String name = OURS + definition.name();
        var config = configs.get(topic(name));
        assertThat(made.get(name).partitions()).as(name).hasSize(definition.partitions());
        assertThat(config.get("cleanup.policy").value()).isEqualTo(definition.cleanup().name());
        assertThat(Duration.ofMillis(Long.parseLong(config.get("retention.ms").value())))
            .as(name)
            .isEqualTo(
                definition.retentionDays() < 0
                    ? Duration.ofMillis(-1)
                    : Duration.ofDays(definition.retentionDays()));
      }
      admin.deleteTopics(names).all().get();
      admin.deleteAcls(ours(admin).stream().map(AclBinding::toFilter).toList()).all().get();
    }
  }

  /** Rules that name a login of this test. */
  private static Collection<AclBinding> ours(Admin admin) throws Exception {
    return admin.describeAcls(AclBindingFilter.ANY).values().get().stream()
        .filter(rule -> rule.entry().principal().startsWith("User:" + OURS))
        .toList();
  }

  private static SortedSet<String> rules(Admin admin) throws Exception {
    return ours(admin).stream()
        .map(rule -> told(rule, "User:" + OURS))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String told(AclBinding rule, String prefix) {
    return rule.entry().principal().substring(prefix.length())
        + " "
        + rule.entry().host()
        + " "
        + rule.entry().permissionType()
        + " "
        + rule.entry().operation()
        + " "
        + rule.pattern();
  }

  private static ConfigResource topic(String name) {
    return new ConfigResource(ConfigResource.Type.TOPIC, name);
  }

  private String run(EmbeddedServices services, Path script) throws Exception {
    var properties =
        Files.writeString(directory.resolve("admin.properties"), services.adminProperties());
    var builder = new ProcessBuilder("bash", script.toString()).redirectErrorStream(true);
    builder.environment().put("BOOTSTRAP", services.bootstrapServers());
    builder.environment().put("ADMIN", properties.toString());
    builder.environment().put("REPLICAS", "1");
    builder.environment().put("KAFKA", directory.toString());
    var process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}

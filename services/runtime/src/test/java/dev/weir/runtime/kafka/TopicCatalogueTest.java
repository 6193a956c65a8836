package dev.weir.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.kernel.DomainId;
import dev.weir.kernel.ResourceId;
import dev.weir.schemas.avro.IntakeProgress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TopicCatalogueTest {
  private static final TopicCatalogue CATALOGUE = TopicCatalogue.load();
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
  void fixedTopics_exist_andCreatingThemAgainChangesNothing() throws Exception {
    try (var admin = kafka.admin()) {
      // when
      CATALOGUE.ensureTopics(admin);
      // then
      var names = admin.listTopics(new ListTopicsOptions()).names().get();
      var fixed = CATALOGUE.topics().stream().filter(t -> !t.isPattern());
      assertThat(names).containsAll(fixed.map(TopicDefinition::name).toList());
    }
  }

  @Test
  void topicOfAPattern_isCreatedByItsOwnerOnly() {
    // given
    String topic = TopicCatalogue.records(ResourceId.random());
    // when / then
    try (var query = kafka.clients("query", SCHEMAS).admin()) {
      assertThatThrownBy(() -> CATALOGUE.ensureTopic(query, topic))
          .hasMessageContaining("could not be created");
    }
    try (var intake = kafka.clients("intake", SCHEMAS).admin()) {
      CATALOGUE.ensureTopic(intake, topic);
      CATALOGUE.ensureTopic(intake, topic);
    }
  }

  @Test
  void topicOutsideTheCatalogue_isRefused() {
    try (var admin = kafka.admin()) {
      assertThatThrownBy(() -> CATALOGUE.ensureTopic(admin, "resource.records"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void limitsOfTopicsThatAreThere_areRaisedByAnAdministratorAndSeenByTheirOwner() throws Exception {
    // given
    String changelog = "leader-verification-lanes-changelog";
    int wanted = CATALOGUE.definitionOf("leader.reports").orElseThrow().maxMessageBytes().orElse(0);
    try (var admin = kafka.admin();
        var leader = kafka.clients("leader", SCHEMAS).admin()) {
      admin.createTopics(List.of(new NewTopic(changelog, 1, (short) 1))).all().get();
      alter(admin, "leader.preparation", TopicConfig.RETENTION_MS_CONFIG, 3_600_000);
      alter(admin, "leader.share-requests", TopicConfig.RETENTION_MS_CONFIG, -1);
      limit(admin, changelog, 1 << 19);
      limit(admin, "leader.reports", 1 << 20);
      limit(admin, "leader.batches", wanted + 1);
      // when / then
      assertThat(CATALOGUE.limits(leader, "leader"))
          .containsEntry("leader.reports", 1 << 20)
          .containsEntry(changelog, 1 << 19)
          .doesNotContainKeys("leader.share-requests", "helper.preparation");
      assertThatThrownBy(() -> limit(leader, "leader.reports", wanted))
          .hasCauseInstanceOf(TopicAuthorizationException.class);
      CATALOGUE.ensureLimits(admin);
      assertThat(CATALOGUE.limits(leader, "leader"))
          .containsEntry("leader.reports", wanted)
          .containsEntry("leader.batches", wanted + 1)
          .containsEntry(changelog, wanted);
      assertThat(CATALOGUE.retention(leader, "leader"))
          .containsEntry("leader.preparation", Duration.ofHours(1))
          .containsEntry("leader.reports", Duration.ofDays(30))
          .doesNotContainKeys("leader.share-requests", changelog, "helper.preparation");
    }
  }

  /** So that the broker's limit holds for what a reader of another operator's messages unpacks. */
  @Test
  void topicsThatOthersWrite_areKeptUnpacked_alsoThoseOfAnOlderVersion() throws Exception {
    var topics = List.of("leader.preparation", "leader.share-requests", "sums.inputs");
    try (var admin = kafka.admin()) {
      for (String topic : topics) {
        assertThat(compression(admin, topic)).isEqualTo("uncompressed");
        alter(admin, topic, TopicConfig.COMPRESSION_TYPE_CONFIG, "producer");
      }
      assertThat(compression(admin, "leader.reports")).isEqualTo("producer");
      CATALOGUE.ensureLimits(admin);
      for (String topic : topics) {
        assertThat(compression(admin, topic)).isEqualTo("uncompressed");
      }
    }
  }

  private static String compression(Admin admin, String topic) throws Exception {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return admin
        .describeConfigs(List.of(resource))
        .all()
        .get()
        .get(resource)
        .get(TopicConfig.COMPRESSION_TYPE_CONFIG)
        .value();
  }

  private static void alter(Admin admin, String topic, String setting, int value) throws Exception {
    alter(admin, topic, setting, Integer.toString(value));
  }

  private static void alter(Admin admin, String topic, String setting, String value)
      throws Exception {
    var entry = new ConfigEntry(setting, value);
    admin
        .incrementalAlterConfigs(
            Map.of(
                new ConfigResource(ConfigResource.Type.TOPIC, topic),
                List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET))))
        .all()
        .get();
  }

  private static void limit(Admin admin, String topic, int bytes) throws Exception {
    alter(admin, topic, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, bytes);
    // the broker reads it from the controller, a moment later
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!Objects.equals(CATALOGUE.limits(admin, "leader").get(topic), bytes)) {
      assertThat(System.nanoTime()).isLessThan(deadline);
    }
  }

  @Test
  void service_cannotReadATopicThatDoesNotNameIt() {
    // given
    String topic = TopicCatalogue.records(ResourceId.random());
    try (var intake = kafka.clients("intake", SCHEMAS).admin()) {
      CATALOGUE.ensureTopic(intake, topic);
    }
    // when / then
    try (var consumer = kafka.clients("audit", SCHEMAS).consumer()) {
      consumer.assign(List.of(new TopicPartition(topic, 0)));
      consumer.seek(new TopicPartition(topic, 0), 0);
      assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(10)))
          .isInstanceOf(TopicAuthorizationException.class);
    }
  }

  @Test
  void service_cannotWriteATopicThatDoesNotNameIt() {
    try (var producer = kafka.clients("query", SCHEMAS).idempotentProducer()) {
      var forged =
          new ProducerRecord<String, Object>(
              "intake.progress", "run", new IntakeProgress("run", "resource", 0L, 0L, 0L));
      assertThatThrownBy(() -> producer.send(forged).get())
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(TopicAuthorizationException.class);
    }
  }

  @Test
  void transaction_thatIsAborted_isSeenByNobody() {
    // given
    var clients = kafka.clients("intake", SCHEMAS);
    var partition = new TopicPartition("intake.progress", 0);
    try (var producer = clients.transactionalProducer("intake-test")) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(progress("aborted"));
      producer.abortTransaction();
      producer.beginTransaction();
      producer.send(progress("committed"));
      producer.commitTransaction();
    }
    // when
    try (var consumer = clients.consumer()) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      var seen = consumer.poll(Duration.ofSeconds(10));
      // then
      assertThat(seen).extracting(message -> message.key()).containsExactly("committed");
    }
  }

  @Test
  void everyTopic_hasAnOwnerThatIsAServiceAndRulesForEveryServiceItNames() {
    for (TopicDefinition topic : CATALOGUE.topics()) {
      assertThat(topic.owner()).isIn("space", "intake", "query", "audit", "leader", "helper");
      for (String reader : topic.readers()) {
        assertThat(rules(topic, reader)).contains(AclOperation.READ);
      }
      for (String writer : topic.writers()) {
        assertThat(rules(topic, writer)).contains(AclOperation.WRITE);
      }
    }
  }

  @Test
  void deadLetters_ofADomain_areWrittenByTheRollupAndReadByNoOtherService() {
    var topic = CATALOGUE.definitionOf(TopicCatalogue.deadLetters(DomainId.random())).orElseThrow();
    assertThat(rules(topic, "query"))
        .contains(AclOperation.WRITE)
        .doesNotContain(AclOperation.READ);
    assertThat(rules(topic, "intake")).contains(AclOperation.WRITE);
    assertThat(rules(topic, "audit")).isEmpty();
  }

  @Test
  void yaml_namesEveryTopicAndEveryRule() {
    // when
    String yaml = CATALOGUE.toYaml();
    // then
    CATALOGUE.topics().forEach(topic -> assertThat(yaml).contains("\"" + topic.name() + "\""));
    assertThat(yaml.lines().filter(line -> line.contains("principal:")))
        .hasSize(CATALOGUE.aclBindings().size());
  }

  private static ProducerRecord<String, Object> progress(String run) {
    return new ProducerRecord<>(
        "intake.progress", run, new IntakeProgress(run, "resource", 0L, 0L, 0L));
  }

  private static List<AclOperation> rules(TopicDefinition topic, String service) {
    return bindings(service, topic.prefix()).toList();
  }

  private static Stream<AclOperation> bindings(String service, String name) {
    return CATALOGUE.aclBindings().stream()
        .filter(binding -> binding.pattern().resourceType() == ResourceType.TOPIC)
        .filter(binding -> binding.pattern().name().equals(name))
        .filter(binding -> binding.entry().principal().equals("User:" + service))
        .map(binding -> binding.entry().operation());
  }
}

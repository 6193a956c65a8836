package dev.weir.runtime.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {
  @TempDir static Path state;
  private static EmbeddedKafka kafka;

  @BeforeAll
  static void start() throws Exception {
    var secrets = new SecretStore(state.resolve("secrets"), new SecureRandom());
    kafka =
        EmbeddedKafka.startInProcess(
            KafkaSettings.in(
                    state,
                    LoopbackPorts.free(),
                    LoopbackPorts.free(),
                    secrets,
                    List.of("space", "intake"))
                .with(KafkaSettings.Timeouts.FAST_RESTART));
    try (var admin = kafka.admin()) {
      admin.createTopics(List.of(new NewTopic("space.products", 1, (short) 1))).all().get();
      admin.createAcls(List.of(writeTo("space.products", "space"))).all().get();
    }
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void client_withoutCredentials_isRefused() {
    // given
    Map<String, Object> nobody = Map.of("bootstrap.servers", kafka.bootstrapServers());
    // when
    var failure = sendAs(nobody);
    // then
    assertThat(failure).isNotNull();
  }

  @Test
  void client_withAWrongPassword_isRefused() {
    // given
    var wrong = new HashMap<>(kafka.clientProperties(kafka.user("space")));
    wrong.computeIfPresent(
        "sasl.jaas.config", (key, value) -> value.toString().replaceFirst("password=\"", "$0x"));
    // when
    var failure = sendAs(wrong);
    // then
    assertThat(failure).hasRootCauseInstanceOf(SaslAuthenticationException.class);
  }

  @Test
  void principal_withoutAnEntry_isRefused() {
    // when
    var failure = sendAs(kafka.clientProperties(kafka.user("intake")));
    // then
    assertThat(failure).hasRootCauseInstanceOf(TopicAuthorizationException.class);
  }

  @Test
  void principal_withAnEntry_mayWrite() {
    // when
    var failure = sendAs(kafka.clientProperties(kafka.user("space")));
    // then
    assertThat(failure).isNull();
  }

  @Test
  void controllerListener_withAClientsCredentials_isRefused() {
    // given
    var properties = new HashMap<>(kafka.clientProperties(kafka.user("space")));
    properties.remove("bootstrap.servers");
    properties.put("bootstrap.controllers", "127.0.0.1:" + kafka.settings().controllerPort());
    properties.put("default.api.timeout.ms", 4000);
    properties.put("request.timeout.ms", 2000);
    // when
    Throwable failure;
    try (var admin = Admin.create(properties)) {
      failure = catchThrowable(() -> admin.describeCluster().nodes().get(8, TimeUnit.SECONDS));
    }
    // then
    assertThat(failure).isNotNull();
  }

  private static Throwable sendAs(Map<String, Object> client) {
    var properties = new HashMap<>(client);
    properties.put("max.block.ms", 3000);
    properties.put("delivery.timeout.ms", 3000);
    properties.put("request.timeout.ms", 2000);
    properties.put("linger.ms", 0);
    var serializer = new StringSerializer();
    var producer = new KafkaProducer<>(properties, serializer, serializer);
    try {
      return catchThrowable(
          () -> producer.send(new ProducerRecord<>("space.products", "k", "v")).get());
    } finally {
      producer.close(Duration.ZERO);
    }
  }

  private static AclBinding writeTo(String topic, String principal) {
    return new AclBinding(
        new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
        new AccessControlEntry(
            "User:" + principal, "*", AclOperation.WRITE, AclPermissionType.ALLOW));
  }
}

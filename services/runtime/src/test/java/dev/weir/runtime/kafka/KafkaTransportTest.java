package dev.weir.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.runtime.config.KafkaConfiguration;
import dev.weir.runtime.embedded.EmbeddedKafka;
import dev.weir.runtime.embedded.KafkaSettings;
import dev.weir.runtime.secret.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of a broker that speaks TLS only. */
class KafkaTransportTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  @TempDir static Path directory;
  private static EmbeddedKafka broker;
  private static Path trusted;

  @BeforeAll
  static void start() throws Exception {
    var certificates = TestCertificates.make(directory.resolve("tls"), "ip:127.0.0.1");
    trusted = certificates.trusted();
    broker =
        EmbeddedKafka.startInProcess(
            KafkaSettings.temporary(directory, List.of("intake")).with(certificates));
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void client_thatTrustsTheSigner_isServed() throws Exception {
    assertThat(clusterId(new KafkaTransport.Tls(trusted))).isNotBlank();
  }

  @Test
  void client_thatTrustsAnotherSigner_ends() throws Exception {
    var foreign = TestCertificates.make(directory.resolve("foreign"), "ip:127.0.0.1");
    assertThatThrownBy(() -> clusterId(new KafkaTransport.Tls(foreign.trusted())))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(SslAuthenticationException.class);
  }

  @Test
  void broker_underANameThatIsNotInItsCertificate_isNotBelieved() {
    var renamed = broker.bootstrapServers().replace("127.0.0.1", "localhost");
    assertThatThrownBy(() -> clusterId(renamed, new KafkaTransport.Tls(trusted), PATIENCE))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(SslAuthenticationException.class);
  }

  @Test
  void client_inPlainText_isNotServed() {
    var plain = new KafkaTransport.Loopback();
    assertThatThrownBy(() -> clusterId(broker.bootstrapServers(), plain, Duration.ofSeconds(3)))
        .isInstanceOf(Exception.class);
  }

  @Test
  void plainText_beyondThisMachine_isNoConfiguration() {
    assertThatThrownBy(() -> configuration("127.0.0.1:9092,kafka:9092", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("trustedCertificates");
    assertThat(configuration("kafka:9092", trusted).trustedCertificates()).hasValue(trusted);
    assertThat(configuration("localhost:9092,[::1]:9092", null).trustedCertificates()).isEmpty();
  }

  private static KafkaConfiguration configuration(String servers, Path certificates) {
    return new KafkaConfiguration(
        servers, "intake", trusted, URI.create("http://registry/"), certificates);
  }

  private static String clusterId(KafkaTransport transport) throws Exception {
    return clusterId(broker.bootstrapServers(), transport, PATIENCE);
  }

  private static String clusterId(String servers, KafkaTransport transport, Duration patience)
      throws Exception {
    var password = Secret.of(broker.user("intake").revealPassword());
    var access = new KafkaAccess(servers, transport, "intake", password);
    var admin = new KafkaClients(access, new InMemorySchemaIds()).admin();
    try {
      return admin.describeCluster().clusterId().get(patience.toSeconds(), TimeUnit.SECONDS);
    } finally {
      // A question that is never answered would be waited for to the end of its own time.
      admin.close(Duration.ZERO);
    }
  }
}

package dev.weir.runtime.embedded;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/**
 * A running Kafka broker (KRaft, one node): SASL with SCRAM-SHA-512 for clients, and an authorizer
 * that denies what no entry allows. Thread-safe; {@link #close} stops the broker and keeps the
 * data.
 */
public interface EmbeddedKafka extends AutoCloseable {

  KafkaSettings settings();

  @Override
  void close();

  /** Starts the broker inside this process; returns once it serves clients. */
  static EmbeddedKafka startInProcess(KafkaSettings settings) {
    return InProcessKafka.start(settings);
  }

  /**
   * Starts the broker as a child process, which can be killed on its own; returns once it serves
   * clients.
   */
  static ChildProcessKafka startChildProcess(KafkaSettings settings) {
    return ChildProcessKafka.start(settings);
  }

  default String bootstrapServers() {
    return settings().bootstrapServers();
  }

  /** The administrator's client; the caller closes it. */
  default Admin admin() {
    return Admin.create(clientProperties(settings().admin()));
  }

  /** What any client needs to speak as this user; holds the password. */
  default Map<String, Object> clientProperties(Credentials user) {
    var properties = new HashMap<String, Object>();
    properties.put("bootstrap.servers", bootstrapServers());
    properties.put(
        "security.protocol", settings().tls().isPresent() ? "SASL_SSL" : "SASL_PLAINTEXT");
    settings()
        .tls()
        .ifPresent(pem -> {
          properties.put("ssl.truststore.type", "PEM");
          properties.put("ssl.truststore.location", pem.trusted().toString());
        });
    properties.put("sasl.mechanism", "SCRAM-SHA-512");
    properties.put(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\""
            + user.username()
            + "\" password=\""
            + user.revealPassword()
            + "\";");
    return properties;
  }

  /** The credentials of one of the users in the settings. */
  default Credentials user(String username) {
    return settings().users().stream()
        .filter(user -> user.username().equals(username))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such Kafka user: " + username));
  }
}

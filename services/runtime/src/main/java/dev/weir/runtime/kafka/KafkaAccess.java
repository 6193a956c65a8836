package dev.weir.runtime.kafka;

import dev.weir.runtime.secret.Secret;

/**
 * Where the brokers are and as whom to speak to them, over SASL with SCRAM-SHA-512.
 *
 * @param bootstrapServers {@code host:port} pairs separated by commas
 * @param username the service's principal; its consumer groups and transactional ids begin with it
 */
public record KafkaAccess(
    String bootstrapServers, KafkaTransport transport, String username, Secret password) {

  /** On this machine. */
  public KafkaAccess(String bootstrapServers, String username, Secret password) {
    this(bootstrapServers, new KafkaTransport.Loopback(), username, password);
  }

  /** The same brokers as somebody else. */
  public KafkaAccess as(String otherUsername, Secret otherPassword) {
    return new KafkaAccess(bootstrapServers, transport, otherUsername, otherPassword);
  }
}

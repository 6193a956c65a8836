package dev.weir.runtime.kafka;

import dev.weir.runtime.secret.Secret;

/**
 * Where the brokers are and as whom to speak to them, over SASL with SCRAM-SHA-512.
 *
 * @param bootstrapServers {@code host:port} pairs separated by commas
 * @param username the service's principal; its consumer groups and transactional ids begin with it
 */
public record KafkaAccess(String bootstrapServers, String username, Secret password) {}

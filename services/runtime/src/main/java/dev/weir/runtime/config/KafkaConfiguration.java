package dev.weir.runtime.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Kafka cluster (SASL, SCRAM-SHA-512) and the schema registry. The password is in a file.
 * Immutable.
 *
 * @param registryUrl base of the Confluent-compatible API, ending in {@code /apis/ccompat/v7}
 * @param trustedCertificates PEM file of those who sign the brokers' certificates; with it the
 *     brokers are spoken to over TLS, without it they are on this machine
 */
public record KafkaConfiguration(
    @NotBlank String bootstrapServers,
    @NotBlank String username,
    @NotNull Path passwordFile,
    @NotNull URI registryUrl,
    Optional<Path> trustedCertificates) {

  /**
   * @throws IllegalArgumentException when a broker beyond loopback would be spoken to in plain text
   */
  @JsonCreator
  public KafkaConfiguration(
      String bootstrapServers,
      String username,
      Path passwordFile,
      URI registryUrl,
      @Nullable Path trustedCertificates) {
    this(
        bootstrapServers,
        username,
        passwordFile,
        registryUrl,
        Optional.ofNullable(trustedCertificates));
    if (trustedCertificates == null
        && bootstrapServers != null
        && !Arrays.stream(bootstrapServers.split(",", -1)).allMatch(KafkaConfiguration::here)) {
      throw new IllegalArgumentException(
          "kafka.trustedCertificates is required: brokers beyond loopback are reached over TLS");
    }
  }

  private static boolean here(String server) {
    return server.strip().matches("(127\\.0\\.0\\.1|localhost|\\[::1]):[0-9]+");
  }
}

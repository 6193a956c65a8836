package dev.weir.runtime.config;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;

/**
 * The Kafka cluster (SASL, SCRAM-SHA-512) and the schema registry. The password is in a file.
 * Immutable.
 *
 * @param registryUrl base of the Confluent-compatible API, ending in {@code /apis/ccompat/v7}
 */
public record KafkaConfiguration(
    @NotBlank String bootstrapServers,
    @NotBlank String username,
    @NotNull Path passwordFile,
    @NotNull URI registryUrl) {}

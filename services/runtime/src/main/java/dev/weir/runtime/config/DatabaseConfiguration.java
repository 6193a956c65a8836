package dev.weir.runtime.config;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;

/**
 * One PostgreSQL database, reached under three roles: the application's cannot own, create or
 * bypass row-level security; migration owns the schema; the relay reads the outbox. Passwords are
 * in files. Immutable.
 */
public record DatabaseConfiguration(
    @NotBlank String jdbcUrl,
    @NotBlank String applicationUser,
    @NotNull Path applicationPasswordFile,
    @NotBlank String migrationUser,
    @NotNull Path migrationPasswordFile,
    @NotBlank String relayUser,
    @NotNull Path relayPasswordFile,
    @Min(1) @Max(100) int maxConnections) {
  private static final int DEFAULT_MAX_CONNECTIONS = 16;

  public DatabaseConfiguration {
    maxConnections = maxConnections == 0 ? DEFAULT_MAX_CONNECTIONS : maxConnections;
  }
}

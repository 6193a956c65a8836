package dev.weir.runtime.config;

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
    @NotNull Path relayPasswordFile) {}

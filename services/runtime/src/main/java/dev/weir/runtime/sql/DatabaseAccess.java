package dev.weir.runtime.sql;

import dev.weir.runtime.secret.Secret;

/**
 * Where a database is and as whom to enter it.
 *
 * @param jdbcUrl {@code jdbc:postgresql://host:port/database}
 * @param user a role of {@link DatabaseRoles}
 */
public record DatabaseAccess(String jdbcUrl, String user, Secret password) {}

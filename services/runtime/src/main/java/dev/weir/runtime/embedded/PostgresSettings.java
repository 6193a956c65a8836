package dev.weir.runtime.embedded;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where an embedded PostgreSQL keeps what, and how it runs.
 *
 * @param data the data directory; created when absent
 * @param cache where the programs are unpacked, shared by many servers
 * @param log the server's log; holds no values
 * @param port on 127.0.0.1
 * @param superuser used to create roles and databases, never by a service
 * @param server further settings of {@code postgresql.conf}; these win over the defaults
 */
public record PostgresSettings(
    Path data, Path cache, Path log, int port, Credentials superuser, Map<String, String> server) {
  public static final String SUPERUSER = "postgres";

  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("listen_addresses", LoopbackPorts.HOST),
          Map.entry("unix_socket_directories", ""),
          Map.entry("fsync", "on"),
          Map.entry("full_page_writes", "on"),
          Map.entry("synchronous_commit", "on"),
          Map.entry("password_encryption", "scram-sha-256"),
          Map.entry("max_connections", "200"),
          Map.entry("shared_buffers", "128MB"),
          Map.entry("timezone", "UTC"),
          // A failed statement or its DETAIL would carry values into the log.
          Map.entry("log_min_error_statement", "panic"),
          Map.entry("log_error_verbosity", "terse"),
          Map.entry("log_parameter_max_length_on_error", "0"),
          Map.entry("log_statement", "none"));

  public PostgresSettings {
    var all = new LinkedHashMap<String, String>(DEFAULTS);
    all.put("port", Integer.toString(port));
    all.putAll(server);
    server = Map.copyOf(all);
  }

  /** Everything inside one directory: {@code postgres/}, {@code logs/} and {@code secrets/}. */
  public static PostgresSettings in(Path state, Path cache, int port, SecretStore secrets) {
    return new PostgresSettings(
        state.resolve("postgres"),
        cache,
        state.resolve("logs").resolve("postgres.log"),
        port,
        secrets.of("postgres", SUPERUSER),
        Map.of());
  }

  /** A server of one test: new passwords, a free port, the checkout's cache. */
  public static PostgresSettings temporary(Path directory) {
    var secrets = new SecretStore(directory.resolve("secrets"), new SecureRandom());
    return in(directory, EmbeddedCache.path(), LoopbackPorts.free(), secrets);
  }
}

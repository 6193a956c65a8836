package dev.weir.runtime.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The data directory of one PostgreSQL server: made whole or not at all, with password
 * authentication (SCRAM-SHA-256) for everybody from the first moment.
 */
record PostgresDirectory(Path path, PostgresBinaries binaries) {
  private static final String SUPERUSER_ONLY_BY_PASSWORD =
      """
      # Written by Weir. Loopback only, passwords only.
      host all all 127.0.0.1/32 scram-sha-256
      """;

  /**
   * Creates the directory unless a complete one is there. What a killed initdb left is removed: it
   * never held a row.
   */
  void create(Credentials superuser) {
    Path half = path.resolveSibling(path.getFileName() + ".half");
    Trees.delete(half);
    if (isComplete()) {
      return;
    }
    Trees.delete(path);
    OwnerOnly.directory(path.resolveSibling(".").normalize());
    initialise(half, superuser);
    try {
      Files.writeString(half.resolve("pg_hba.conf"), SUPERUSER_ONLY_BY_PASSWORD);
      Files.move(half, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** True when the directory was once complete; only then may it hold rows. */
  boolean isComplete() {
    return Files.exists(path.resolve("PG_VERSION"))
        && Files.exists(path.resolve("global").resolve("pg_control"));
  }

  /**
   * @throws EmbeddedException when another major version of PostgreSQL made the directory
   */
  void requireVersion() {
    String made = SecretStore.read(path.resolve("PG_VERSION"));
    if (!EmbeddedVersions.POSTGRESQL.startsWith(made + ".")) {
      throw new EmbeddedException(
          path
              + " was made by PostgreSQL "
              + made
              + "; run it with that version, or move it away to start afresh.");
    }
  }

  private void initialise(Path target, Credentials superuser) {
    new CommandLine(
            binaries.command(
                "initdb",
                List.of(
                    "--pgdata=" + target,
                    "--username=" + superuser.username(),
                    "--pwfile=" + superuser.passwordFile().toAbsolutePath(),
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale-provider=builtin",
                    "--locale=C.UTF-8",
                    "--lc-messages=C",
                    "--data-checksums",
                    "--no-instructions")))
        .run("initdb for " + path);
  }
}

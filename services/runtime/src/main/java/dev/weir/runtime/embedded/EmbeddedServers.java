package dev.weir.runtime.embedded;

import java.nio.file.Files;
import java.nio.file.Path;

/** What can be said of all embedded servers of one state directory. */
public final class EmbeddedServers {

  private EmbeddedServers() {}

  /**
   * Stops every server that a killed parent left behind in this state; touches no other process.
   *
   * @return true when there was at least one
   */
  public static boolean mend(Path state, Path cache) {
    boolean keycloak = EmbeddedKeycloak.mend(state.resolve("keycloak"));
    boolean kafka = ChildProcessKafka.mend(state.resolve("kafka"));
    Path data = state.resolve("postgres").toAbsolutePath().normalize();
    boolean postgres =
        Files.isDirectory(data)
            && new PostgresOrphan(new PostgresDirectory(data, PostgresBinaries.unpackedIn(cache)))
                .mend();
    return keycloak || kafka || postgres;
  }
}

package dev.weir.runtime.embedded;

import java.nio.file.Path;

/** The checkout's cache, so that every test run unpacks the servers at most once. */
final class EmbeddedCache {

  private EmbeddedCache() {}

  static Path path() {
    return Path.of(System.getProperty("weir.root", "."), ".weir", "cache").toAbsolutePath();
  }
}

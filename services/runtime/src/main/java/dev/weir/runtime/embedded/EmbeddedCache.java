package dev.weir.runtime.embedded;

import java.nio.file.Path;
import java.util.Optional;

/** Where unpacked programs and prepared directories are kept between runs. */
public final class EmbeddedCache {

  private EmbeddedCache() {}

  /**
   * {@code .weir/cache} of the checkout that the system property {@code weir.root} names, or of the
   * working directory.
   */
  public static Path path() {
    String root = Optional.ofNullable(System.getProperty("weir.root")).orElse("");
    return Path.of(root).toAbsolutePath().normalize().resolve(".weir").resolve("cache");
  }
}

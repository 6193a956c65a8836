package dev.weir.runtime.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The versions the build pinned, so that caches on disk are keyed by them. */
public final class EmbeddedVersions {
  private static final Properties VERSIONS = load();

  public static final String POSTGRESQL = of("postgresql");
  public static final String KAFKA = of("kafka");
  public static final String KEYCLOAK = of("keycloak");

  private EmbeddedVersions() {}

  private static String of(String name) {
    return VERSIONS.getProperty(name);
  }

  private static Properties load() {
    var properties = new Properties();
    try (var in = EmbeddedVersions.class.getResourceAsStream("/weir-embedded.properties")) {
      properties.load(in);
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

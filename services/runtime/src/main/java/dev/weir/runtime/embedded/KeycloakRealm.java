package dev.weir.runtime.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The realm as code: a file with {@code ${secret.<client>}} where a client's secret belongs. Every
 * state fills in secrets of its own and gets signing keys of its own.
 *
 * @param representation the file's text
 */
public record KeycloakRealm(String representation) {
  private static final Pattern SECRET = Pattern.compile("\\$\\{secret\\.([a-z0-9-]+)}");

  public static KeycloakRealm read(Path file) {
    try {
      return new KeycloakRealm(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes the running server hold exactly this realm. An unchanged realm is left alone; a changed
   * one is replaced, with new signing keys and the same client secrets.
   *
   * @return true when the realm was created or replaced
   */
  public boolean applyTo(EmbeddedKeycloak keycloak) {
    var settings = keycloak.settings();
    Path fingerprint = settings.directory().resolve("realm.sha256");
    String wanted = sha256();
    if (Files.exists(fingerprint) && SecretStore.read(fingerprint).equals(wanted)) {
      return false;
    }
    try (var admin = new KeycloakAdmin(settings, settings.administrator())) {
      if (admin.realmExists(KeycloakSettings.REALM)) {
        admin.deleteRealm(KeycloakSettings.REALM);
      }
      admin.createRealm(filledIn(settings));
    }
    OwnerOnly.write(fingerprint, wanted + "\n");
    return true;
  }

  /** Secret. */
  private String filledIn(KeycloakSettings settings) {
    return SECRET
        .matcher(representation)
        .replaceAll(match -> settings.client(match.group(1)).revealPassword());
  }

  private String sha256() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      byte[] bytes = digest.digest(representation.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

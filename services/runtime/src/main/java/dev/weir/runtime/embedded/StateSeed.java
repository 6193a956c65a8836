package dev.weir.runtime.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Map;

/**
 * A PostgreSQL data directory in which Keycloak has already made its hundred tables, kept in the
 * cache because making it takes half a minute. A fresh state starts from a copy, and gets passwords
 * of its own before anything else uses it.
 *
 * @param directory holds {@code postgres/} and {@code secrets/}
 */
public record StateSeed(Path directory) {
  private static final String NAME =
      "seed-" + EmbeddedVersions.POSTGRESQL + "-" + EmbeddedVersions.KEYCLOAK;

  /** The seed in the cache, grown there first when absent. */
  public static StateSeed preparedIn(Path cache, SecureRandom random, Progress progress) {
    Path home = cache.resolve(NAME);
    if (!Files.isDirectory(home)) {
      FileLocks.exclusively(
          cache.resolve("seed.lock"),
          () -> Files.isDirectory(home) ? home : grow(cache, home, random, progress));
    }
    return new StateSeed(home);
  }

  /**
   * Copies the database into a state that has none yet. The passwords are still the seed's: see
   * {@link #rotate} and {@link #rotateAdministrator}.
   */
  public void plantIn(Path state, SecretStore secrets) {
    Path half = state.resolve("postgres.half");
    Trees.delete(half);
    Trees.delete(state.resolve("postgres"));
    OwnerOnly.directory(state);
    Trees.copy(directory.resolve("postgres"), half);
    secrets.adopt("postgres", seedSecret("postgres", PostgresSettings.SUPERUSER));
    secrets.adopt("keycloak", seedSecret("keycloak", KeycloakSettings.ADMIN_CLIENT));
    try {
      Files.move(half, state.resolve("postgres"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new EmbeddedException("The database could not be put into " + state + ".", e);
    }
  }

  /** Gives the superuser of a planted, running server a password that no other state has. */
  public static void rotate(EmbeddedPostgres database, SecretStore secrets) {
    var source = database.dataSource("postgres", database.superuser());
    try (var connection = source.getConnection();
        var statement = connection.createStatement()) {
      var fresh = secrets.rotate("postgres", PostgresSettings.SUPERUSER);
      statement.execute(
          "alter role "
              + fresh.username()
              + " password "
              + statement.enquoteLiteral(fresh.revealPassword()));
    } catch (SQLException e) {
      throw new EmbeddedException("The superuser's password could not be set.", e);
    }
  }

  /** The same for Keycloak's administrator. */
  public static void rotateAdministrator(EmbeddedKeycloak keycloak) {
    var settings = keycloak.settings();
    try (var admin = new KeycloakAdmin(settings, settings.administrator())) {
      var fresh = settings.secrets().rotate("keycloak", KeycloakSettings.ADMIN_CLIENT);
      admin.setMasterClientSecret(fresh);
    }
  }

  private Credentials seedSecret(String realm, String user) {
    return new Credentials(user, directory.resolve("secrets").resolve(realm + "-" + user));
  }

  private static Path grow(Path cache, Path home, SecureRandom random, Progress progress) {
    Path half = cache.resolve("seed.half");
    Trees.delete(half);
    var secrets = new SecretStore(half.resolve("secrets"), random);
    var postgres =
        new PostgresSettings(
            half.resolve("postgres"),
            cache,
            half.resolve("postgres.log"),
            LoopbackPorts.free(),
            secrets.of("postgres", PostgresSettings.SUPERUSER),
            Map.of());
    try (var database = EmbeddedPostgres.start(postgres)) {
      var settings =
          KeycloakSettings.in(half, cache, LoopbackPorts.free(), LoopbackPorts.free(), secrets);
      try (var keycloak = EmbeddedKeycloak.launch(settings, database, progress)) {
        progress.step("let Keycloak make its tables (once, about 30 s)");
        keycloak.awaitReady();
      }
    }
    try {
      return Files.move(half, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new EmbeddedException(home + " could not be put in place.", e);
    }
  }
}

package dev.weir.runtime.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Keycloak unpacked from its distribution and built for PostgreSQL, once per cache directory.
 *
 * @param home the built server, shared by every state of the checkout; nothing is written there
 *     while it runs but temporary files
 */
record KeycloakDistribution(Path home) {
  private static final Duration BUILD_LIMIT = Duration.ofMinutes(5);

  /** Chosen when the server is built; the rest is told at start. */
  private static final List<String> BUILD =
      List.of(
          "build",
          "--db=postgres",
          "--health-enabled=true",
          "--features-disabled=kerberos,ciba,impersonation");

  /**
   * Unpacks and builds the server unless that was done before.
   *
   * @param cache holds {@code keycloak-<version>.zip}, which the build of {@code services/cli}
   *     copies there
   */
  static KeycloakDistribution builtIn(Path cache, Progress progress) {
    Path home = cache.resolve("keycloak-" + EmbeddedVersions.KEYCLOAK);
    if (Files.isDirectory(home)) {
      return new KeycloakDistribution(home);
    }
    return FileLocks.exclusively(
        cache.resolve("keycloak.lock"),
        () -> {
          if (!Files.isDirectory(home)) {
            build(cache, home, progress);
          }
          return new KeycloakDistribution(home);
        });
  }

  /** The command line that runs the server in its own process, without the shell script around. */
  List<String> command(List<String> javaOptions, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Dkc.home.dir=" + home,
            "-Djboss.server.config.dir=" + home.resolve("conf"),
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
            "-Dpicocli.disable.closures=true",
            "-Dquarkus-log-max-startup-records=10000",
            "-Dfile.encoding=UTF-8",
            "-Duser.language=en",
            "-Duser.country=US",
            "-Djava.net.preferIPv4Stack=true",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+ExitOnOutOfMemoryError"));
    command.addAll(javaOptions);
    command.addAll(List.of("-cp", home.resolve("lib").resolve("quarkus-run.jar").toString()));
    command.add("io.quarkus.bootstrap.runner.QuarkusEntryPoint");
    command.addAll(arguments);
    return command;
  }

  private static void build(Path cache, Path home, Progress progress) {
    Path zip = cache.resolve("keycloak-" + EmbeddedVersions.KEYCLOAK + ".zip");
    if (!Files.exists(zip)) {
      throw new EmbeddedException(
          zip + " is missing; the build of services/cli puts it there: ./weir up does both.");
    }
    Path half = cache.resolve("keycloak.half");
    progress.step("unpack Keycloak " + EmbeddedVersions.KEYCLOAK);
    Trees.delete(half);
    unzip(zip, half);
    Path unpacked = half.resolve("keycloak-" + EmbeddedVersions.KEYCLOAK);
    progress.step("build Keycloak for PostgreSQL (once, about 20 s)");
    new CommandLine(
            new KeycloakDistribution(unpacked).command(List.of("-Xmx512m"), BUILD),
            Map.of(),
            BUILD_LIMIT)
        .run("The build of Keycloak");
    try {
      Files.move(unpacked, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new EmbeddedException(home + " could not be put in place.", e);
    }
    Trees.delete(half);
  }

  private static void unzip(Path zip, Path target) {
    try (var in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new EmbeddedException(zip + " names a file outside of itself.");
        }
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else {
          Files.createDirectories(path.resolveSibling(".").normalize());
          Files.copy(in, path);
        }
      }
    } catch (IOException e) {
      throw new EmbeddedException(zip + " could not be unpacked into " + target + ".", e);
    }
  }
}

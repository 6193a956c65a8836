package dev.weir.runtime.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The unpacked PostgreSQL programs. The archive comes from the class path and is unpacked once per
 * cache directory, whole or not at all.
 *
 * @param home holds {@code bin/postgres}, {@code bin/initdb} and {@code bin/pg_ctl}
 */
record PostgresBinaries(Path home) {
  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
  private static final int OWNER_MAY_EXECUTE = 0100;

  /** Unpacks into {@code cache} unless that was done before; safe against a parallel caller. */
  static PostgresBinaries unpackedIn(Path cache) {
    Path home = OwnerOnly.directory(cache).resolve("postgresql-" + EmbeddedVersions.POSTGRESQL);
    if (Files.isDirectory(home)) {
      return new PostgresBinaries(home);
    }
    return FileLocks.exclusively(
        cache.resolve("postgresql.lock"),
        () -> {
          if (!Files.isDirectory(home)) {
            unpackWhole(cache.resolve("postgresql.half"), home);
          }
          return new PostgresBinaries(home);
        });
  }

  /**
   * A command line for one of the programs. PostgreSQL refuses to run as root, so root runs it in a
   * user namespace of its own, where it is nobody.
   */
  List<String> command(String program, List<String> arguments) {
    var command = new ArrayList<String>();
    if ("root".equals(System.getProperty("user.name"))) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(home.resolve("bin").resolve(program).toString());
    command.addAll(arguments);
    return command;
  }

  private static void unpackWhole(Path half, Path home) {
    try {
      Trees.delete(half);
      unpack(half);
      Files.move(half, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new EmbeddedException("PostgreSQL could not be unpacked into " + home + ".", e);
    }
  }

  private static void unpack(Path target) throws IOException {
    try (InputStream resource = PostgresBinaries.class.getResourceAsStream(ARCHIVE)) {
      if (resource == null) {
        throw new EmbeddedException(
            "The embedded PostgreSQL has programs for Linux on x86-64 only; point the services'"
                + " database configuration at a server of your own.");
      }
      var tar = new TarArchiveInputStream(new XZCompressorInputStream(resource));
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        write(tar, entry, target.resolve(entry.getName()).normalize());
      }
    }
  }

  private static void write(InputStream tar, TarArchiveEntry entry, Path path) throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.resolveSibling("."));
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, path);
    boolean program = (entry.getMode() & OWNER_MAY_EXECUTE) != 0;
    Files.setPosixFilePermissions(
        path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
  }
}

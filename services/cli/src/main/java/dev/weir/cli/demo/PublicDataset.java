package dev.weir.cli.demo;

import dev.weir.runtime.embedded.Trees;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A file of a published npm package, obtained by name and version and taken only with the digest we
 * know.
 *
 * @param packageName name and version, such as {@code vega-datasets@3.2.1}
 * @param archive the file name {@code npm pack} writes
 * @param entry path inside the archive
 * @param sha256 of the entry, lower-case hex
 */
public record PublicDataset(String packageName, String archive, String entry, String sha256) {
  private static final String VEGA = "vega-datasets@3.2.1";
  private static final String VEGA_ARCHIVE = "vega-datasets-3.2.1.tgz";

  /** 3,000,000 flights within the United States, January to June 2001. */
  public static final PublicDataset FLIGHTS =
      new PublicDataset(
          VEGA,
          VEGA_ARCHIVE,
          "package/data/flights-3m.parquet",
          "dbeb920c90f59b6ccaff823dcc3d08f25a97fa1ce128d93f40be4e931f5900b0");

  /** Airports of the United States: the public key domain of the flights. */
  public static final PublicDataset AIRPORTS =
      new PublicDataset(
          VEGA,
          VEGA_ARCHIVE,
          "package/data/airports.csv",
          "903c7169e6d558eefb95295fe2947ec8503135fbb855ea5c737cf4a90ea603ad");

  private static final long FETCH_MINUTES = 10;

  /**
   * Returns the file, fetching it into the cache when it is not there with the right digest.
   *
   * @throws UncheckedIOException when it cannot be obtained, or what came has another digest
   */
  public Path obtain(Path cache) {
    try {
      Files.createDirectories(cache);
      Path file = cache.resolve(Path.of(entry).getFileName().toString());
      if (Files.exists(file) && digest(file).equals(sha256)) {
        return file;
      }
      fetch(cache, file);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void fetch(Path cache, Path file) throws IOException {
    Path work = Files.createTempDirectory(cache, "fetch");
    try {
      fetch(cache, file, work);
    } finally {
      Trees.delete(work);
    }
  }

  private void fetch(Path cache, Path file, Path work) throws IOException {
    if (!Files.exists(cache.resolve(archive))) {
      run(work, List.of("npm", "pack", "--silent", packageName));
      Files.move(
          work.resolve(archive), cache.resolve(archive), StandardCopyOption.REPLACE_EXISTING);
    }
    run(work, List.of("tar", "xzf", cache.resolve(archive).toAbsolutePath().toString(), entry));
    Path unpacked = work.resolve(entry);
    if (!digest(unpacked).equals(sha256)) {
      Files.delete(cache.resolve(archive));
      throw new IOException(entry + " of " + packageName + " does not have the digest we know");
    }
    Files.move(unpacked, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void run(Path directory, List<String> command) throws IOException {
    var process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output.txt").toFile())
            .start();
    try {
      if (!process.waitFor(FETCH_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException(
            String.join(" ", command) + " failed; is the package registry reachable?");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String digest(Path file) throws IOException {
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), newDigest())) {
      var digesting = (DigestInputStream) in;
      digesting.transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
    }
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

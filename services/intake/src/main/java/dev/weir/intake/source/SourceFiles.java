package dev.weir.intake.source;

import dev.weir.intake.reader.SourceFormat;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.SourceId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The files of sources in the domain's directory (0700), each file 0600. A file is a part until its
 * source's row is committed, so that only parts are ever swept. Thread-safe.
 */
public final class SourceFiles {
  private static final int CHUNK_BYTES = 256 << 10;
  private static final long RESERVE_BYTES = 256L << 20;
  private static final String PART = ".part";

  private final Path directory;
  private final long maxBytes;

  /**
   * @param directory of the domain
   * @param maxBytes largest file taken
   */
  public SourceFiles(Path directory, long maxBytes) {
    this.directory = directory.toAbsolutePath().normalize();
    this.maxBytes = maxBytes;
  }

  /** What was received. */
  record Received(long bytes, String sha256, SourceFormat format) {}

  /**
   * Stores the body as a part, hashing while it streams; {@link #keep} or {@link #discard} follows.
   *
   * @throws ProblemException of type {@link ProblemType#BODY_TOO_LARGE} beyond the limit, {@link
   *     ProblemType#UNAVAILABLE} when the disk is full, {@link ProblemType#MALFORMED_BODY} when the
   *     body breaks off; nothing is left of it then
   */
  Received receive(SourceId id, InputStream body) {
    Path part = part(id);
    boolean whole = false;
    try {
      Files.createDirectories(
          part.getParent(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Received received = copy(body, part);
      whole = true;
      return received;
    } catch (IOException e) {
      throw full();
    } finally {
      if (!whole) {
        delete(part);
      }
    }
  }

  private Received copy(InputStream body, Path part) throws IOException {
    var digest = sha256();
    var chunk = new byte[CHUNK_BYTES];
    byte[] head = {};
    long bytes = 0;
    try (var channel =
        FileChannel.open(
            part,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      for (int read = next(body, chunk); read > 0; read = next(body, chunk)) {
        head = bytes == 0 ? Arrays.copyOf(chunk, Math.min(4, read)) : head;
        bytes += read;
        if (bytes > maxBytes) {
          throw new ProblemException(
              ProblemType.BODY_TOO_LARGE,
              "A source has at most " + maxBytes + " bytes.",
              Map.of("maxBytes", maxBytes));
        }
        if (Files.getFileStore(part).getUsableSpace() < RESERVE_BYTES) {
          throw full();
        }
        digest.update(chunk, 0, read);
        var buffer = ByteBuffer.wrap(chunk, 0, read);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      }
      channel.force(true);
    }
    return new Received(bytes, HexFormat.of().formatHex(digest.digest()), SourceFormat.of(head));
  }

  /** Fills the chunk as far as the body goes. */
  private static int next(InputStream body, byte[] chunk) {
    try {
      return body.readNBytes(chunk, 0, chunk.length);
    } catch (IOException e) {
      throw new ProblemException(ProblemType.MALFORMED_BODY, "The body broke off; send it again.");
    }
  }

  /** The file of a source. */
  public Path file(SourceId id) {
    return directory.resolve("sources").resolve(id + ".data");
  }

  /** Where children and key sets may write. */
  public Path work() {
    return directory.resolve("work");
  }

  void storeProfile(SourceId id, byte[] json) {
    Path part = directory.resolve("sources").resolve(id + ".profile.part");
    try {
      Files.deleteIfExists(part);
      Files.createFile(
          part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(part, json);
      Files.move(
          part, profile(id), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] loadProfile(SourceId id) {
    try {
      return Files.readAllBytes(profile(id));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Ends what a killed service left: a part whose source has a row becomes its file, every other
   * part is removed. To be called before the first upload.
   *
   * @return how many parts there were
   */
  int sweep(Set<SourceId> known) {
    Path sources = directory.resolve("sources");
    if (!Files.isDirectory(sources)) {
      return 0;
    }
    try (var files = Files.list(sources)) {
      List<Path> parts = files.filter(file -> file.toString().endsWith(PART)).toList();
      known.stream().filter(id -> parts.contains(part(id))).forEach(this::keep);
      parts.forEach(SourceFiles::delete);
      return parts.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The source's row is committed. */
  void keep(SourceId id) {
    try {
      Files.move(part(id), file(id), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The source got no row. */
  void discard(SourceId id) {
    delete(part(id));
  }

  private Path part(SourceId id) {
    return directory.resolve("sources").resolve(id + PART);
  }

  private Path profile(SourceId id) {
    return directory.resolve("sources").resolve(id + ".profile");
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProblemException full() {
    return new ProblemException(
        ProblemType.UNAVAILABLE,
        "The domain's disk has no room for the file; nothing of it was kept. Try again later.");
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

package dev.weir.query.he.client;

import dev.weir.runtime.embedded.OwnerOnly;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which switching keys of an encryption key were uploaded, by what they are for, so that they are
 * made and sent once. They are no secret: they are what the service has. Thread-safe.
 */
public final class UploadedKeys {
  private static final long MAX_FILE_BYTES = 64 << 10;

  private final Optional<Path> file;
  private final TreeMap<Integer, String> digests = new TreeMap<>();

  /** Digests by the leaves that queries are expanded to. */
  private record Stored(int v, TreeMap<Integer, String> sha256) {}

  private UploadedKeys(Optional<Path> file) {
    this.file = file;
  }

  /** For the length of one process. */
  public static UploadedKeys inMemory() {
    return new UploadedKeys(Optional.empty());
  }

  /** Kept beside a key file; one that cannot be read counts as empty. */
  public static UploadedKeys beside(Path keyFile) {
    Path file = keyFile.resolveSibling(keyFile.getFileName() + ".uploaded");
    var uploaded = new UploadedKeys(Optional.of(file));
    try {
      if (Files.exists(file) && Files.size(file) <= MAX_FILE_BYTES) {
        uploaded.digests.putAll(Json.read(Files.readAllBytes(file), Stored.class).sha256());
      }
    } catch (IOException e) {
      return uploaded; // keys are then sent once more
    }
    return uploaded;
  }

  synchronized Optional<String> of(int leaves) {
    return Optional.ofNullable(digests.get(leaves));
  }

  synchronized void note(int leaves, String sha256) {
    digests.put(leaves, sha256);
    file.ifPresent(path -> {
      try {
        OwnerOnly.write(path, Json.mapper().writeValueAsString(new Stored(1, digests)) + "\n");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }
}

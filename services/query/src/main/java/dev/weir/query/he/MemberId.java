package dev.weir.query.he;

import dev.weir.runtime.embedded.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What a worker calls itself in its group, the same after every start from its directory: who comes
 * back under its name has its partitions again at once, without waiting for the former one's
 * session to end.
 */
final class MemberId {
  private static final int BYTES = 8;

  private MemberId() {}

  static String keptIn(Path directory, String name, SecureRandom random) {
    Path file = OwnerOnly.directory(directory).resolve(name + ".member");
    try {
      if (!Files.exists(file)) {
        byte[] id = new byte[BYTES];
        random.nextBytes(id);
        OwnerOnly.write(file, HexFormat.of().formatHex(id));
      }
      return name + "-" + Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.weir.cli.aggregate;

import dev.weir.privacy.hpke.HpkePrivateKey;
import dev.weir.runtime.embedded.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A collector's HPKE key in a file that only its owner can read. */
final class CollectorKey {
  private CollectorKey() {}

  /** Makes a key; never overwrites one. */
  static HpkePrivateKey generate(Path file) throws IOException {
    if (Files.exists(file)) {
      throw new java.nio.file.FileAlreadyExistsException(file.toString());
    }
    var key = HpkePrivateKey.random(new SecureRandom());
    OwnerOnly.write(file, HexFormat.of().formatHex(key.revealBytes()));
    return key;
  }

  static HpkePrivateKey read(Path file) throws IOException {
    return HpkePrivateKey.of(HexFormat.of().parseHex(Files.readString(file).strip()));
  }
}

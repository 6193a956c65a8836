package dev.weir.cli.aggregate;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.privacy.hpke.HpkePrivateKey;
import dev.weir.runtime.embedded.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/** A collector's HPKE key in a file that only its owner can read. */
public final class CollectorKey {
  private static final Set<PosixFilePermission> OWNERS =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private CollectorKey() {}

  /** Makes a key; never overwrites one. */
  public static HpkePrivateKey generate(Path file) throws IOException {
    if (Files.exists(file)) {
      throw new java.nio.file.FileAlreadyExistsException(file.toString());
    }
    var key = HpkePrivateKey.random(new SecureRandom());
    OwnerOnly.write(file, HexFormat.of().formatHex(key.revealBytes()));
    return key;
  }

  /**
   * @throws CommandFault when anybody but the owner may read the file
   */
  static HpkePrivateKey read(Path file) throws IOException {
    if (!OWNERS.containsAll(Files.getPosixFilePermissions(file))) {
      throw new CommandFault(
          ExitCode.USAGE, "收集方密钥只能由其所有者读取：chmod 600", "only its owner may read the key: chmod 600");
    }
    return HpkePrivateKey.of(HexFormat.of().parseHex(Files.readString(file).strip()));
  }
}

package dev.weir.cli.aggregate;

import dev.weir.aggregation.task.PublicTask;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.dap.hpke.HpkeConfig;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.privacy.hpke.HpkePrivateKey;
import dev.weir.runtime.embedded.OwnerOnly;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/** A collector's HPKE key in a file that only its owner can read. */
public final class CollectorKey {
  private static final Set<PosixFilePermission> OWNERS =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private static final Pattern CONTENT = Pattern.compile("[0-9a-f]{64}");

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
   * Holds a key against a task before anything is asked for it: what is collected and does not open
   * has been paid for.
   *
   * @throws CommandFault when shares of the task are sealed to another key
   */
  static void require(HpkePrivateKey key, PublicTask task) {
    var sealedTo =
        WireReader.whole(Base64Url.decode(task.terms().collectorKey()), HpkeConfig::read)
            .publicKey();
    if (!sealedTo.equals(Bytes.copyOf(key.publicKey().bytes()))) {
      throw new CommandFault(
          ExitCode.USAGE,
          "密钥不是任务 " + task.task().id() + " 的收集方密钥；未请求任何内容",
          "the key is not the collector's of task " + task.task().id() + "; nothing was asked for");
    }
  }

  /**
   * @throws CommandFault when anybody but the owner may read the file, or it holds no key
   */
  static HpkePrivateKey read(Path file) throws IOException {
    if (!OWNERS.containsAll(Files.getPosixFilePermissions(file))) {
      throw new CommandFault(
          ExitCode.USAGE, "收集方密钥只能由其所有者读取：chmod 600", "only its owner may read the key: chmod 600");
    }
    String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip();
    if (!CONTENT.matcher(content).matches()) { // whose words are not repeated: it may be a secret
      throw new CommandFault(
          ExitCode.USAGE,
          file + " 不是收集方私钥：应为 `weir aggregate key` 生成的文件",
          file + " holds no collector's key as `weir aggregate key` makes it");
    }
    return HpkePrivateKey.of(HexFormat.of().parseHex(content));
  }
}

package dev.weir.cli.he;

import dev.weir.cli.CommandFault;
import dev.weir.query.he.client.BuilderKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Under which contract something is asked, and with which encryption key. */
final class AskingOptions {
  @Option(names = "--contract", required = true, description = "contract id / 合约")
  private String contract = "";

  @Option(names = "--product", required = true, description = "product id / 产品")
  private String product = "";

  @Option(names = "--purpose", required = true, description = "purpose bound to it / 用途")
  private String purpose = "";

  @Option(
      names = "--he-key",
      paramLabel = "HEKEY",
      required = true,
      description = "of weir he keygen / 加密密钥文件")
  private Path keyFile = Path.of("");

  @Mixin private WaitOption waiting = new WaitOption();

  String contract() {
    return contract;
  }

  String product() {
    return product;
  }

  String purpose() {
    return purpose;
  }

  Path keyFile() {
    return keyFile;
  }

  /**
   * @throws CommandFault when it is none
   */
  Duration patience() {
    return waiting.patience();
  }

  BuilderKey key(SecureRandom random) throws IOException {
    return BuilderKey.read(keyFile, random);
  }
}

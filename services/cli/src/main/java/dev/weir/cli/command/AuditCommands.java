package dev.weir.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.audit.export.LogExporter;
import dev.weir.audit.verify.LogVerifier;
import dev.weir.audit.verify.Verdict;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir audit}: takes the evidence out and verifies it offline. */
@Command(name = "audit", description = "Evidence / 存证", mixinStandardHelpOptions = true)
public final class AuditCommands {

  @Command(
      name = "export",
      description = "Export the log into a new directory / 导出存证日志",
      mixinStandardHelpOptions = true)
  int export(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "DIR", description = "new or empty / 新目录或空目录") Path directory)
      throws IOException, InterruptedException {
    requireEmpty(directory);
    var client = options.client();
    long leaves =
        new LogExporter(path -> client.getBytes("audit", path), directory).export(done -> {});
    return options.show(
        Json.mapper()
            .createObjectNode()
            .put("directory", directory.toString())
            .put("leaves", leaves));
  }

  @Command(
      name = "verify",
      description = "Verify an export offline / 离线验证",
      mixinStandardHelpOptions = true)
  int verify(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "DIR", description = "an export / 导出目录") Path directory,
      @Option(
              names = "--since",
              paramLabel = "FILE",
              description = "an earlier cosigned checkpoint, so that truncation is found / 早先的检查点")
          @Nullable Path since,
      @Option(
              names = "--keys",
              paramLabel = "DIR",
              description =
                  "log.vkey, log-sm3.vkey and witness.vkey, got by another way than the export;"
                      + " without it the keys inside the export are trusted / 另行取得的公钥目录")
          @Nullable Path keys)
      throws IOException {
    if (!Files.isDirectory(directory)) {
      throw Files.exists(directory)
          ? new NotDirectoryException(directory.toString())
          : new NoSuchFileException(directory.toString());
    }
    var trust = new LogVerifier.Trust(Optional.ofNullable(keys), Optional.ofNullable(since));
    Verdict verdict = LogVerifier.verify(directory, trust);
    var shown = Json.mapper().createObjectNode().put("ok", verdict.ok());
    shown.setAll(Json.mapper().<ObjectNode>valueToTree(verdict));
    options.show(shown);
    return (verdict.ok() ? ExitCode.OK : ExitCode.FAILED).status();
  }

  @Command(
      name = "receipt",
      description = {
        "Check that a release stands in the log: its leaf, the inclusion proof and what a saved"
            + " result says of it. / 核对回执：叶子、包含证明及已存结果所述。",
        "OF is a leaf id, a saved result of `query run`, or a saved receipt, which needs no service."
            + " / OF 为叶子编号、已存的查询结果或已存的回执（无需服务）。"
      },
      mixinStandardHelpOptions = true)
  int receipt(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "OF", description = "leaf id or file / 叶子编号或文件") String of,
      @Option(
              names = "--keys",
              paramLabel = "DIR",
              description =
                  "log.vkey and witness.vkey, got from the auditor; checks signatures too / 公钥目录")
          @Nullable Path keys,
      @Option(
              names = "--save",
              paramLabel = "FILE",
              description = "keep the receipt, to check it later without us / 保存回执")
          @Nullable Path save)
      throws IOException {
    var receipt = ReceiptCommand.find(options, of);
    if (save != null) {
      Files.writeString(save, receipt.proof().toPrettyString() + "\n");
    }
    var check = keys == null ? ReceiptCheck.ofProof() : ReceiptCheck.withKeys(keys);
    return ReceiptCommand.show(options, receipt, check);
  }

  @Command(
      name = "replay",
      description = {
        "Do an encrypted query's evaluation over again and compare it with the log, byte for byte."
            + " / 重演一次加密查询的计算，并与存证逐字节比对。",
        "It runs here, over the stored ciphertexts and released cells; nothing is decrypted."
            + " / 在本机以所存密文与已发布单元重算，不解密任何内容。"
      },
      mixinStandardHelpOptions = true)
  int replay(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "TICKET", description = "id of the query's ticket / 票据编号")
          String ticket,
      @Option(
              names = "--keys",
              paramLabel = "DIR",
              description = "log.vkey and witness.vkey; checks the leaf's signatures too / 公钥目录")
          @Nullable Path keys)
      throws IOException {
    var check = keys == null ? ReceiptCheck.ofProof() : ReceiptCheck.withKeys(keys);
    return ReplayCommand.fetch(options.client(), ticket).show(options, check);
  }

  /** An export says what one moment was: it is never written over another. */
  private static void requireEmpty(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    if (!Files.isDirectory(directory)) {
      throw new NotDirectoryException(directory.toString());
    }
    try (var files = Files.list(directory)) {
      if (files.findAny().isPresent()) {
        throw new CommandFault(
            ExitCode.USAGE, "导出目录须为空：" + directory, "the directory must be empty: " + directory);
      }
    }
  }
}

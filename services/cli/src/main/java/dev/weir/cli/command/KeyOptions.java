package dev.weir.cli.command;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.cli.client.PartyKey;
import dev.weir.runtime.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which key signs, and where its passphrase comes from; never from the command line itself. */
public final class KeyOptions {
  private static final String VARIABLE = "WEIR_KEY_PASSPHRASE_FILE";

  @Option(
      names = "--key",
      paramLabel = "FILE",
      required = true,
      description = "the party's private key file / 本方私钥文件")
  private @Nullable Path file;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description =
          "holds the passphrase; else "
              + VARIABLE
              + ", else the console asks / 口令文件；缺省取 "
              + VARIABLE
              + "，再缺省由终端询问")
  private @Nullable Path passphraseFile;

  Path file() {
    if (file == null) {
      throw new IllegalStateException("picocli requires --key");
    }
    return file;
  }

  /**
   * @throws NoSuchFileException before anybody is asked for a passphrase
   */
  public PartyKey read() throws IOException {
    if (!Files.exists(file())) {
      throw new NoSuchFileException(file().toString());
    }
    try (var passphrase = passphrase(false)) {
      return PartyKey.read(file(), passphrase);
    }
  }

  /**
   * @param fresh asked for twice on the console
   */
  Secret passphrase(boolean fresh) {
    if (passphraseFile != null) {
      return Secret.read(passphraseFile);
    }
    String named = System.getenv(VARIABLE);
    if (named != null) {
      return Secret.read(Path.of(named));
    }
    var console = System.console();
    if (console == null || !console.isTerminal()) {
      throw new CommandFault(
          ExitCode.USAGE,
          "没有终端可供输入口令：请用 --passphrase-file 指定文件",
          "there is no console to ask for the passphrase: name a file with --passphrase-file");
    }
    char[] typed = console.readPassword("passphrase / 口令: ");
    char[] again = fresh ? console.readPassword("again / 再输一次: ") : typed;
    if (typed == null || typed.length == 0 || !Arrays.equals(typed, again)) {
      throw new CommandFault(
          ExitCode.USAGE, "口令为空，或两次输入不同", "the passphrase is empty or was typed differently");
    }
    return Secret.of(typed);
  }
}

package dev.weir.cli.command;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.kernel.Bilingual.Language;
import picocli.CommandLine.Option;

/** A person's yes to what is about to be signed. */
final class Consent {
  @Option(names = "--yes", description = "sign what is shown without asking / 不再询问，直接签署所示内容")
  private boolean given;

  /**
   * @param sha256 of what was read before, when that was named: a yes of its own
   * @throws CommandFault when nobody can be asked, or the answer is no
   */
  void require(String sha256, Language language) {
    if (given || !sha256.isEmpty()) {
      return;
    }
    var console = System.console();
    if (console == null || !console.isTerminal()) {
      throw new CommandFault(
          ExitCode.USAGE,
          "没有终端可供确认：请给出所读内容的 SHA-256，或用 --yes",
          "there is no terminal to ask on: name the SHA-256 of what was read, or say --yes");
    }
    String typed =
        console.readLine(
            "%s", language == Language.ZH ? "签署以上内容？输入 yes 确认：" : "Sign this? Type yes: ");
    if (typed == null || !typed.strip().equals("yes")) {
      throw new CommandFault(ExitCode.FAILED, "未签署", "nothing was signed");
    }
  }
}

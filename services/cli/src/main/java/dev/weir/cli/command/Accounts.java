package dev.weir.cli.command;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is said of an account that is none of a stack's: which ones there are. */
final class Accounts {
  private static final String ENDING = ".json";

  private Accounts() {}

  /**
   * @param file where the account's profile would be
   * @param stacks directories of profiles, by the stack's name
   */
  static CommandFault missing(String account, Path file, Map<String, Path> stacks) {
    String there =
        stacks.entrySet().stream()
            .filter(stack -> !names(stack.getValue()).isEmpty())
            .map(stack -> stack.getKey() + ": " + String.join(", ", names(stack.getValue())))
            .collect(Collectors.joining("; "));
    return there.isEmpty()
        ? new CommandFault(
            ExitCode.USAGE,
            "没有账户 " + account + "（" + file + "）：此处还没有任何账户，请先 ./weir up，或用 --profile 指定文件",
            "there is no account "
                + account
                + " ("
                + file
                + "): there are none here yet; start a stack with ./weir up, or name a file with"
                + " --profile")
        : new CommandFault(
            ExitCode.USAGE,
            "没有账户 "
                + account
                + "（"
                + file
                + "）；现有账户 "
                + there
                + "；另一平台的账户在它运行时可用，或用 --profile 指定文件",
            "there is no account "
                + account
                + " ("
                + file
                + "); there are "
                + there
                + "; those of another stack are good while it runs, or name a file with --profile");
  }

  /** In the order of the alphabet. */
  static List<String> names(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (var files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ENDING))
          .map(name -> name.substring(0, name.length() - ENDING.length()))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }
}

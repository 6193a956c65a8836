package dev.weir.cli.he;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How long a command waits. */
final class WaitOption {
  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description =
          "seconds to wait for cells, and then for the reply, at least 1 / 等待单元及答复的秒数，至少 1")
  private int seconds = 60;

  /**
   * @throws CommandFault when it is none: a question is charged whether anybody waits or not
   */
  Duration patience() {
    if (seconds < 1) {
      throw new CommandFault(ExitCode.USAGE, "--wait 至少为 1 秒", "--wait takes at least 1 second");
    }
    return Duration.ofSeconds(seconds);
  }
}

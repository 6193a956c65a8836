package dev.weir.cli.aggregate;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The task that a contributor's or a collector's command is about. Confined to one command. */
final class TaskOption {
  @Option(
      names = "--task",
      paramLabel = "FILE",
      required = true,
      description = "as task show --json prints it / task show --json 输出的任务文件")
  private Path file = Path.of("-");

  Path file() {
    return file;
  }
}

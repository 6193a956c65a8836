package dev.weir.cli;

import dev.weir.cli.stack.DeployFilesCommand;
import dev.weir.cli.stack.DoctorCommand;
import dev.weir.cli.stack.DownCommand;
import dev.weir.cli.stack.LogsCommand;
import dev.weir.cli.stack.StatusCommand;
import dev.weir.cli.stack.UpCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code weir} command; every subcommand is listed here by hand. */
@Command(
    name = "weir",
    mixinStandardHelpOptions = true,
    version = "weir 0.1.0",
    description = "A trusted data space and privacy computing for public data. / 公共数据可信空间与隐私计算。",
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      DoctorCommand.class,
      LogsCommand.class,
      DeployFilesCommand.class
    })
public final class WeirCommand {

  private WeirCommand() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new WeirCommand()).execute(arguments));
  }
}

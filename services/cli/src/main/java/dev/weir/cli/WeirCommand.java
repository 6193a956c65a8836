package dev.weir.cli;

import dev.weir.cli.aggregate.AggregateCommands;
import dev.weir.cli.campaign.CampaignCommand;
import dev.weir.cli.command.AuditCommands;
import dev.weir.cli.command.BundleCommands;
import dev.weir.cli.command.CommandFailures;
import dev.weir.cli.command.ContractCommands;
import dev.weir.cli.command.DomainCommands;
import dev.weir.cli.command.IntakeCommands;
import dev.weir.cli.command.KeyCommands;
import dev.weir.cli.command.LineageCommands;
import dev.weir.cli.command.MeterCommands;
import dev.weir.cli.command.ParticipantCommands;
import dev.weir.cli.command.ProductCommands;
import dev.weir.cli.command.ProhibitedCommands;
import dev.weir.cli.command.QueryCommands;
import dev.weir.cli.command.ResourceCommands;
import dev.weir.cli.command.SourceCommands;
import dev.weir.cli.command.UsageFailures;
import dev.weir.cli.command.UseCommands;
import dev.weir.cli.demo.DemoCommand;
import dev.weir.cli.he.HeCommands;
import dev.weir.cli.stack.DeployFilesCommand;
import dev.weir.cli.stack.DeploySecretsCommand;
import dev.weir.cli.stack.DoctorCommand;
import dev.weir.cli.stack.DownCommand;
import dev.weir.cli.stack.LogsCommand;
import dev.weir.cli.stack.StatusCommand;
import dev.weir.cli.stack.UpCommand;
import dev.weir.cli.template.TemplateCommands;
import dev.weir.kernel.Bilingual.Language;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

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
      DeployFilesCommand.class,
      DeploySecretsCommand.class,
      DemoCommand.class,
      CampaignCommand.class,
      TemplateCommands.class,
      ParticipantCommands.class,
      KeyCommands.class,
      DomainCommands.class,
      ProhibitedCommands.class,
      SourceCommands.class,
      ResourceCommands.class,
      LineageCommands.class,
      IntakeCommands.class,
      ProductCommands.class,
      ContractCommands.class,
      QueryCommands.class,
      HeCommands.class,
      UseCommands.class,
      AggregateCommands.class,
      AuditCommands.class,
      MeterCommands.class,
      BundleCommands.class,
      CommandLine.HelpCommand.class
    })
public final class WeirCommand {

  @Option(
      names = "--lang",
      paramLabel = "LANG",
      scope = ScopeType.INHERIT,
      description = "zh or en; default: the system's / 语言，默认随系统")
  private Language language = UserLanguage.ofSystem();

  private WeirCommand() {}

  /** What {@code --lang} says, after any command. */
  public Language language() {
    return language;
  }

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** What {@link #main} does, but for ending the JVM; returns the exit status. */
  public static int run(String... arguments) {
    return commandLine(UserLanguage.of(List.of(arguments))).execute(helpOfVerb(arguments));
  }

  /** {@code help contract propose} asks what {@code contract propose --help} does. */
  private static String[] helpOfVerb(String[] arguments) {
    if (arguments.length < 3 || !arguments[0].equals("help")) {
      return arguments;
    }
    return Stream.concat(Arrays.stream(arguments).skip(1), Stream.of("--help"))
        .toArray(String[]::new);
  }

  /**
   * @param spoken what failures are told in
   */
  static CommandLine commandLine(Language spoken) {
    return new CommandLine(new WeirCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(new UsageFailures(spoken))
        .setExecutionExceptionHandler(new CommandFailures(spoken));
  }
}

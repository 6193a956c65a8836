package dev.weir.cli.command;

import dev.weir.cli.ExitCode;
import dev.weir.kernel.Bilingual;
import dev.weir.kernel.Bilingual.Language;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what is wrong with a command line, and where its help is. */
public final class UsageFailures implements IParameterExceptionHandler {
  private final Language language;

  public UsageFailures(Language language) {
    this.language = language;
  }

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    String help = command.getCommandSpec().qualifiedName() + " --help";
    String verbs = verbs(failure);
    command
        .getErr()
        .println(
            language == Language.ZH
                ? zh(failure) + (verbs.isEmpty() ? "" : "；可用：" + verbs) + "；用法见 " + help
                : en(failure) + (verbs.isEmpty() ? "" : "; there are " + verbs) + "; see " + help);
    return ExitCode.USAGE.status();
  }

  /** What could have been typed instead, where a verb is missing or is none. */
  private static String verbs(ParameterException failure) {
    var known = failure.getCommandLine().getSubcommands().keySet();
    boolean verbMissing =
        failure instanceof UnmatchedArgumentException unknown
            ? !unknown.getUnmatched().getFirst().startsWith("-")
            : failure instanceof MissingParameterException missing
                && missing.getMissing().isEmpty();
    return verbMissing ? String.join(", ", known) : "";
  }

  private static String en(ParameterException failure) {
    String message = String.valueOf(failure.getMessage());
    return choices(failure)
        .map(names -> name(failure.getArgSpec()) + " is one of " + names)
        .or(() -> form(failure).map(form -> name(failure.getArgSpec()) + " is " + form.en()))
        .orElseGet(() -> message.lines().findFirst().orElse(message));
  }

  /** How a value is written that was written otherwise; none where its type says it all. */
  private static Optional<Bilingual> form(ParameterException failure) {
    ArgSpec argument = failure.getArgSpec();
    if (argument == null || !isWrongValue(failure)) {
      return Optional.empty();
    }
    Class<?> type = argument.type();
    if (type == Duration.class) {
      return Optional.of(
          new Bilingual("须为时长，如 PT90S、PT1H 或 P2D", "a duration such as PT90S, PT1H or P2D"));
    }
    if (type == Instant.class) {
      return Optional.of(
          new Bilingual("须为 UTC 时刻，如 2026-01-31T08:00:00Z", "a time such as 2026-01-31T08:00:00Z"));
    }
    boolean isWhole = type == int.class || type == long.class || type == Integer.class;
    return isWhole ? Optional.of(new Bilingual("须为整数", "a whole number")) : Optional.empty();
  }

  private static boolean isWrongValue(ParameterException failure) {
    return !(failure instanceof MissingParameterException)
        && !(failure instanceof OverwrittenOptionException)
        && !(failure instanceof UnmatchedArgumentException);
  }

  /** The names of which one should have been typed, where the argument has a list of them. */
  private static Optional<String> choices(ParameterException failure) {
    ArgSpec argument = failure.getArgSpec();
    boolean isWrongName = argument != null && argument.type().isEnum() && isWrongValue(failure);
    return isWrongName
        ? Optional.of(
            Arrays.stream(argument.type().getEnumConstants())
                .map(one -> ((Enum<?>) one).name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ")))
        : Optional.empty();
  }

  private static String zh(ParameterException failure) {
    return switch (failure) {
      case MissingParameterException missing ->
          "缺少 "
              + missing.getMissing().stream()
                  .map(UsageFailures::name)
                  .collect(Collectors.joining("、"));
      case UnmatchedArgumentException unknown -> "无法识别 " + String.join("、", unknown.getUnmatched());
      default -> argument(failure);
    };
  }

  private static String argument(ParameterException failure) {
    ArgSpec argument = failure.getArgSpec();
    return argument == null
        ? "命令不完整或有误"
        : choices(failure)
            .map(names -> name(argument) + " 须为以下之一：" + names)
            .or(() -> form(failure).map(form -> name(argument) + " " + form.zh()))
            .orElseGet(() -> name(argument) + " 的取值不合要求");
  }

  private static String name(ArgSpec argument) {
    return switch (argument) {
      case OptionSpec option -> option.longestName();
      case PositionalParamSpec positional -> positional.paramLabel();
      default -> argument.paramLabel();
    };
  }
}

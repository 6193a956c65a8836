package dev.weir.cli.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.ExitCode;
import dev.weir.cli.WeirCommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Who types {@code --help} after a verb of aggregation has all that he needs to type the verb. */
class AggregateHelpTest {
  private static final CommandLine AGGREGATE =
      new CommandLine(new AggregateCommands()).setCaseInsensitiveEnumValuesAllowed(true);

  private static List<CommandLine> verbs(CommandLine command) {
    var verbs = new ArrayList<CommandLine>();
    for (CommandLine one : command.getSubcommands().values()) {
      verbs.addAll(one.getSubcommands().isEmpty() ? List.of(one) : verbs(one));
    }
    return verbs;
  }

  private static Stream<DynamicTest> each(java.util.function.Consumer<CommandLine> check) {
    assertThat(verbs(AGGREGATE)).hasSizeGreaterThanOrEqualTo(8);
    return verbs(AGGREGATE).stream()
        .map(verb ->
            DynamicTest.dynamicTest(
                verb.getCommandSpec().qualifiedName(), () -> check.accept(verb)));
  }

  @TestFactory
  Stream<DynamicTest> everyOption_isExplainedInBothLanguages_andNamesItsDefault() {
    return each(verb -> {
      var arguments = new ArrayList<ArgSpec>(verb.getCommandSpec().positionalParameters());
      verb.getCommandSpec().options().stream()
          .filter(option -> !option.usageHelp() && !option.versionHelp())
          .forEach(arguments::add);
      assertThat(arguments).isNotEmpty().allSatisfy(AggregateHelpTest::assertExplained);
    });
  }

  private static void assertExplained(ArgSpec argument) {
    String text = String.join(" ", argument.description());
    String name =
        argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    assertThat(text).as(name).containsPattern("[A-Za-z]{2,} ").containsPattern("\\p{IsHan}{2}");
    if (argument.arity().max() > 0) {
      assertThat(argument.paramLabel()).as(name).doesNotContainPattern("[a-z]");
    }
    if (argument.defaultValue() != null) {
      String[] languages = text.split(" / ", 2);
      assertThat(languages).as(name).hasSize(2);
      assertThat(languages[0]).as(name).contains(argument.defaultValue());
      assertThat(languages[1]).as(name).contains(argument.defaultValue());
    }
  }

  @TestFactory
  Stream<DynamicTest> everyVerb_saysWhatItsExitStatusMeans() {
    return each(verb -> {
      var statuses = verb.getCommandSpec().usageMessage().exitCodeList();
      assertThat(statuses.keySet()).contains("0", "2");
      assertThat(statuses.values())
          .allMatch(text -> text.matches("[^/]*[a-z]{2}[^/]* / .*\\p{IsHan}{2}.*"));
    });
  }

  @TestFactory
  Stream<DynamicTest> everyVerb_hasAnExampleThatParses() {
    return each(verb -> {
      assertThat(verb.getCommandSpec().usageMessage().footer())
          .allMatch(line -> line.length() < verb.getUsageHelpWidth());
      String typed =
          String.join(" ", verb.getCommandSpec().usageMessage().footer())
              .replace("\\ ", "")
              .replaceAll(" > \\S+$", "");
      assertThat(typed).startsWith("weir " + verb.getCommandSpec().qualifiedName() + " ");
      var words = Arrays.stream(typed.split(" +")).skip(2).toArray(String[]::new);
      var parsed = AGGREGATE.parseArgs(words);
      while (parsed.hasSubcommand()) {
        parsed = parsed.subcommand();
      }
      assertThat(parsed.commandSpec().name()).isEqualTo(verb.getCommandName());
      assertThat(parsed.unmatched()).isEmpty();
    });
  }

  @Test
  void functionThatIsNone_isAnsweredWithTheNamesThatThereAre() {
    var names =
        Arrays.stream(FunctionOptions.Function.values())
            .map(one -> one.name().toLowerCase(Locale.ROOT))
            .toList();
    var compose = new CommandLine(new ComposeCommand()).getCommandSpec().findOption("--vdaf");
    assertThat(String.join(" ", compose.description())).contains(names);
    for (String language : List.of("en", "zh")) {
      var err = System.err;
      var told = new ByteArrayOutputStream();
      System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
      try {
        assertThat(
                WeirCommand.run(
                    "aggregate", "task", "compose", "--lang", language, "--vdaf", "mean", "f"))
            .isEqualTo(ExitCode.USAGE.status());
      } finally {
        System.setErr(err);
      }
      assertThat(told.toString(StandardCharsets.UTF_8))
          .contains("--vdaf", String.join(", ", names))
          .hasLineCount(1);
    }
  }
}

package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.Bilingual.Language;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Types every command that calls a service, with nothing there to answer. */
class EveryVerbTest {
  /** Verbs with the options of a client that ask no service, or a file of their own first. */
  private static final Set<String> LOCAL =
      Set.of(
          "weir key generate",
          "weir key show",
          "weir bundle show",
          "weir audit verify",
          "weir he keygen",
          "weir he query",
          "weir he lookup",
          "weir he score",
          "weir he decrypt",
          "weir he sum compose",
          "weir he fetch",
          "weir aggregate key",
          "weir aggregate upload",
          "weir aggregate collect",
          "weir aggregate task compose",
          "weir aggregate task set-up");

  /** Made once: a hundred verbs are a hundred classes to look into. */
  static final Map<Language, CommandLine> COMMANDS =
      Map.of(
          Language.ZH, WeirCommand.commandLine(Language.ZH),
          Language.EN, WeirCommand.commandLine(Language.EN));

  @TempDir private Path directory;
  private Path profile;
  private Path body;
  private Path key;

  @BeforeEach
  void write() throws IOException {
    int closed;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    String address = "http://127.0.0.1:" + closed;
    profile = directory.resolve("profile.json");
    Path secret = Files.writeString(directory.resolve("secret"), "s");
    Files.writeString(
        profile,
        """
        {"tokenEndpoint": "%1$s/token", "clientId": "a", "secretFile": "%2$s", "services":
         {"space": "%1$s", "intake": "%1$s", "query": "%1$s", "audit": "%1$s", "leader": "%1$s",
          "custodian": "%1$s"}}
        """
            .formatted(address, secret));
    body = Files.writeString(directory.resolve("body.json"), "{}");
    key = directory.resolve("key.pem");
    run(
        Language.EN,
        "key",
        "generate",
        "--key",
        key.toString(),
        "--passphrase-file",
        secret.toString());
  }

  /** What came of a command line. */
  private record Outcome(int status, String error) {}

  @TestFactory
  Stream<DynamicTest> verb_whenNoStackRuns_saysSoInOneLineOfEitherLanguage() {
    return verbs().stream()
        .map(verb ->
            DynamicTest.dynamicTest(
                verb.getCommandSpec().qualifiedName(),
                () -> {
                  for (Language language : Language.values()) {
                    var outcome = run(language, filled(verb));
                    assertThat(outcome.status()).isEqualTo(ExitCode.RETRYABLE.status());
                    assertThat(outcome.error()).contains("./weir status").hasLineCount(1);
                    assertLanguage(outcome.error(), language);
                  }
                }));
  }

  @TestFactory
  Stream<DynamicTest> verb_withAnOptionNobodyKnows_namesItsHelp() {
    return verbs().stream()
        .map(verb ->
            DynamicTest.dynamicTest(
                verb.getCommandSpec().qualifiedName(),
                () -> {
                  for (Language language : Language.values()) {
                    var arguments = new ArrayList<>(List.of(filled(verb)));
                    arguments.add("--nonsense");
                    var outcome = run(language, arguments.toArray(String[]::new));
                    assertThat(outcome.status()).isEqualTo(ExitCode.USAGE.status());
                    assertThat(outcome.error()).contains("--nonsense", "--help").hasLineCount(1);
                    assertLanguage(outcome.error(), language);
                  }
                }));
  }

  @TestFactory
  Stream<DynamicTest> verb_hasHelpInBothLanguages() {
    return verbs().stream()
        .map(verb ->
            DynamicTest.dynamicTest(
                verb.getCommandSpec().qualifiedName(),
                () ->
                    assertThat(String.join(" ", verb.getCommandSpec().usageMessage().description()))
                        .containsPattern("[A-Za-z]{2}")
                        .containsPattern("\\p{IsHan}{2}")));
  }

  @Test
  void verb_withoutAProfile_saysHowToNameOne() {
    for (Language language : Language.values()) {
      var outcome = run(language, "contract", "list", "--profile", directory + "/none.json");
      assertThat(outcome.status()).isEqualTo(ExitCode.USAGE.status());
      assertThat(outcome.error()).contains("none.json", "--as").hasLineCount(1);
      assertLanguage(outcome.error(), language);
      var account = run(language, "contract", "list", "--as", "nobody-of-these");
      assertThat(account.status()).isEqualTo(ExitCode.USAGE.status());
      assertThat(account.error()).contains("nobody-of-these", "--profile").hasLineCount(1);
      assertLanguage(account.error(), language);
    }
  }

  @Test
  void verb_withAFileThatIsNotThereOrNoJson_namesTheFile() throws IOException {
    Path broken = Files.writeString(directory.resolve("broken.json"), "{\n\"a\": ]");
    for (Language language : Language.values()) {
      var absent =
          run(
              language,
              "contract",
              "propose",
              "-f",
              directory + "/none.json",
              "--profile",
              "" + profile);
      var malformed =
          run(language, "contract", "propose", "-f", "" + broken, "--profile", "" + profile);
      assertThat(List.of(absent.status(), malformed.status()))
          .containsOnly(ExitCode.USAGE.status());
      assertThat(absent.error()).contains("none.json").hasLineCount(1);
      assertThat(malformed.error()).contains("broken.json", "2").hasLineCount(1);
      assertLanguage(absent.error(), language);
      assertLanguage(malformed.error(), language);
    }
  }

  /** The page is played against real services elsewhere; here every word of it is known. */
  @Test
  void everyCommandOfTheFirstSteps_parses_andEveryBodyHasItsTemplate() throws IOException {
    var printed = new HashSet<String>();
    var sent = new HashSet<String>();
    Path page = Path.of(System.getProperty("weir.root"), "FIRST-STEPS.md");
    for (String line : Files.readAllLines(page)) {
      if (line.startsWith("./weir ")) {
        var words = words(line.replaceAll(" {3}#.*", ""));
        var parsed = COMMANDS.get(Language.EN).parseArgs(words.toArray(String[]::new));
        var verb = parsed.subcommand().hasSubcommand() ? parsed.subcommand().subcommand() : parsed;
        if (line.contains(" > ")) {
          printed.add(line.replaceAll(".* > ", ""));
        }
        if (verb.hasMatchedOption("--file")) {
          sent.add(verb.commandSpec().qualifiedName());
          assertThat(printed).contains(verb.<Path>matchedOptionValue("--file", page).toString());
        }
      }
    }
    assertThat(sent)
        .containsExactlyInAnyOrderElementsOf(
            verbs().stream()
                .map(CommandLine::getCommandSpec)
                .filter(verb -> verb.optionsMap().containsKey("--file"))
                .filter(verb -> verb.optionsMap().get("--file").required())
                .map(verb -> verb.qualifiedName())
                .toList());
  }

  /** The words of a line as a shell splits it, without {@code ./weir} and where output goes. */
  private static List<String> words(String line) {
    return Pattern.compile("\"([^\"]*)\"|(\\S+)")
        .matcher(line.replaceAll(" > .*", ""))
        .results()
        .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
        .skip(1)
        .toList();
  }

  private static void assertLanguage(String line, Language language) {
    assertThat(line).doesNotContain("Exception");
    if (language == Language.ZH) {
      assertThat(line).containsPattern("\\p{IsHan}{2}");
    } else {
      assertThat(line).doesNotContainPattern("\\p{IsHan}");
    }
  }

  /** Verbs that call a service. */
  private static List<CommandLine> verbs() {
    var verbs = new ArrayList<CommandLine>();
    collect(COMMANDS.get(Language.EN), verbs);
    assertThat(verbs).hasSizeGreaterThan(60);
    return verbs;
  }

  private static void collect(CommandLine command, List<CommandLine> verbs) {
    for (CommandLine one : command.getSubcommands().values()) {
      var spec = one.getCommandSpec();
      collect(one, verbs);
      if (spec.optionsMap().containsKey("--profile") && !LOCAL.contains(spec.qualifiedName())) {
        verbs.add(one);
      }
    }
  }

  /** The verb with everything that it requires. */
  private String[] filled(CommandLine verb) {
    var arguments = new ArrayList<>(List.of(verb.getCommandSpec().qualifiedName().split(" ")));
    arguments.removeFirst();
    arguments.addAll(List.of("--profile", profile.toString()));
    for (OptionSpec option : verb.getCommandSpec().options()) {
      if (option.required()) {
        arguments.addAll(List.of(option.longestName(), value(option)));
      }
    }
    boolean sql = verb.getCommandSpec().optionsMap().containsKey("--sql");
    arguments.addAll(sql ? List.of("--sql", "SELECT 1") : List.of());
    boolean signs = verb.getCommandSpec().optionsMap().containsKey("--passphrase-file");
    arguments.addAll(signs ? List.of("--passphrase-file", directory + "/secret") : List.of());
    verb.getCommandSpec().positionalParameters().forEach(one -> arguments.add(value(one)));
    return arguments.toArray(String[]::new);
  }

  private String value(ArgSpec argument) {
    return switch (argument.paramLabel()) {
      case "FILE" ->
          argument instanceof OptionSpec option && option.longestName().equals("--key")
              ? key.toString()
              : body.toString();
      case "AGGREGATOR" -> "leader";
      case "DIR" -> directory.resolve("fresh").toString();
      default ->
          argument.type().isEnum()
              ? String.valueOf(argument.type().getEnumConstants()[0])
              : argument.type() == String.class ? "x" : "1";
    };
  }

  private static Outcome run(Language language, String... arguments) {
    var err = new StringWriter();
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--lang", language.name()));
    int status =
        COMMANDS
            .get(language)
            .setErr(new PrintWriter(err, true))
            .execute(all.toArray(String[]::new));
    return new Outcome(status, err.toString().strip());
  }
}

package dev.weir.acceptance.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.acceptance.aggregation.Clinics;
import dev.weir.acceptance.aggregation.SharedClinics;
import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.acceptance.stack.Records;
import dev.weir.acceptance.stack.SharedServices;
import dev.weir.cli.ExitCode;
import dev.weir.cli.WeirCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Types what FIRST-STEPS.md says, command by command, against services that run already. */
@ExtendWith({SharedServices.class, SharedClinics.class})
class FirstStepsTest {
  private static final Set<String> OF_THE_STACK = Set.of("up", "down");

  private static final Set<String> SIGNS =
      Set.of(
          "key generate",
          "key show",
          "aggregate upload",
          "participant key",
          "domain sign",
          "contract sign",
          "he query",
          "he lookup");

  private static final String OPERATOR = "91990000900000022K";
  private static final String OTHER_OPERATOR = "919900009000000576";

  /** Aggregators that other tests use too are run by operators of their own. */
  private static final Map<String, String> AGGREGATING =
      Map.of(
          OPERATOR,
          Clinics.LEADER.party().value(),
          OTHER_OPERATOR,
          Clinics.HELPER.party().value(),
          "operator-officer",
          Clinics.LEADER.name(),
          "helper-officer",
          Clinics.HELPER.name());

  @TempDir private Path directory;
  private final Map<String, String> noted = new HashMap<>();

  /** What came of a command. */
  private record Outcome(int status, String out) {}

  @Test
  void everyCommandOfThePage_doesWhatThePageSays(EmbeddedServices services, Clinics clinics)
      throws Exception {
    Files.writeString(directory.resolve("passphrase"), "correct horse");
    var page = CommandPage.read(Path.of(System.getProperty("weir.root"), "FIRST-STEPS.md"));
    var played = new ArrayList<String>();
    var he = Map.of("roles", List.of("HE_WORKER"), "directory", directory.toString());
    try (var worker = services.startQuery(he);
        var accounts =
            PageAccounts.in(
                directory,
                services,
                List.of(Clinics.LEADER, Clinics.HELPER),
                Map.of("leader", clinics.leader, "helper", clinics.helper()))) {
      for (CommandPage.Typed typed : page.commands()) {
        if (!OF_THE_STACK.contains(typed.words().getFirst())) {
          play(typed, clinics);
          played.add(typed.words().getFirst());
        }
      }
      assertThat(accounts).isNotNull();
      assertThat(worker).isNotNull();
    }
    assertThat(played)
        .contains("template", "participant", "key", "domain", "source", "resource", "lineage")
        .contains("intake", "product", "contract", "query", "he", "aggregate", "use", "meter")
        .contains("audit")
        .hasSizeGreaterThan(95);
    assertThat(Files.readString(directory.resolve("answer.json"))).contains("receiptLeaf");
  }

  private void play(CommandPage.Typed typed, Clinics clinics) throws IOException {
    var arguments = arguments(typed.words());
    arguments.addAll(beside(typed.words(), clinics));
    var outcome = // what says that it is for later is typed again
        Records.await(() -> run(arguments), one -> one.status() != ExitCode.RETRYABLE.status());
    if (typed.words().subList(0, 2).equals(List.of("audit", "verify"))) {
      // These services have no witness, and other tests use their log: what holds is the bill.
      assertThat(outcome.out()).contains("contractId: " + noted.get("CONTRACT"), "fen: 350");
    } else {
      int expected = (typed.refused() ? ExitCode.DENIED : ExitCode.OK).status();
      assertThat(outcome.status()).as("%s%n%s", typed.words(), outcome.out()).isEqualTo(expected);
    }
    if (!typed.into().isEmpty()) {
      Files.writeString(directory.resolve(typed.into()), outcome.out());
    }
    typed
        .noted()
        .forEach((path, name) ->
            noted.put(
                name,
                member(outcome.out(), path)
                    .orElseThrow(
                        () -> new AssertionError(path + " is not told by " + typed.words()))));
  }

  private List<String> arguments(List<String> words) {
    boolean aggregates = words.getFirst().equals("aggregate");
    var arguments = new ArrayList<String>();
    var rest = new ArrayDeque<>(words);
    while (!rest.isEmpty()) {
      String word = rest.pop();
      switch (word) {
        case "--as" -> {
          String account = aggregates ? ofAggregators(rest.pop()) : rest.pop();
          arguments.addAll(List.of("--profile", directory + "/" + account + ".json"));
        }
        case "--keys" -> { // of a witness that these services do not have
          if (words.getFirst().equals("audit")) {
            rest.pop();
          } else {
            arguments.add(word);
          }
        }
        default -> arguments.add(file(word).orElse(noted.getOrDefault(word, word)));
      }
    }
    if (aggregates) {
      arguments.replaceAll(this::ofAggregators);
    }
    if (SIGNS.contains(words.get(0) + " " + words.get(1))) {
      arguments.addAll(List.of("--passphrase-file", directory + "/passphrase"));
    }
    return arguments;
  }

  /** Who runs the aggregators here; files of contributors stand behind their codes. */
  private String ofAggregators(String word) {
    int sign = word.indexOf('=');
    return sign > 0
        ? word.substring(0, sign + 1) + directory.resolve(word.substring(sign + 1))
        : AGGREGATING.getOrDefault(word, word);
  }

  /** What is so in this test alone: aggregators behind a proxy that is not there. */
  private List<String> beside(List<String> words, Clinics clinics) {
    return switch (String.join(" ", words.subList(0, Math.min(3, words.size())))) {
      case "aggregate task compose" ->
          List.of("--leader-url", Clinics.LEADER_ADDRESS, "--helper-url", Clinics.HELPER_ADDRESS);
      case "aggregate upload --task" ->
          List.of(
              "--leader-via", clinics.leader.running().api() + "/dap/",
              "--helper-via", clinics.helper().running().api() + "/dap/",
              "--queue", directory.resolve("reports").toString());
      case "aggregate collect --task" ->
          List.of("--directory", directory.resolve("collections").toString());
      default -> List.of();
    };
  }

  /** A file that the page writes is in this test's own directory. */
  private Optional<String> file(String word) {
    return word.matches("[a-z]+\\.(json|pem|csv|key)|evidence")
        ? Optional.of(directory.resolve(word).toString())
        : Optional.empty();
  }

  private static Outcome run(List<String> arguments) {
    var bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      int status = WeirCommand.run(arguments.toArray(String[]::new));
      return new Outcome(status, withoutLogs(bytes.toString(StandardCharsets.UTF_8)));
    } finally {
      System.setOut(before);
    }
  }

  /** The services run in this JVM and log to the same stream. */
  private static String withoutLogs(String printed) {
    return printed
        .lines()
        .filter(line -> !line.startsWith("{\"timestamp\":"))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** A member as a person reads it off the screen: {@code pending.id} is further in. */
  private static Optional<String> member(String out, String path) {
    String indent = "";
    var steps = new ArrayDeque<>(List.of(path.split("\\.")));
    for (String line : out.lines().toList()) {
      String wanted = indent + steps.peek() + ":";
      if (line.startsWith(wanted)) {
        steps.pop();
        if (steps.isEmpty()) {
          return Optional.of(line.substring(wanted.length()).strip());
        }
        indent += "  ";
      }
    }
    return Optional.empty();
  }
}

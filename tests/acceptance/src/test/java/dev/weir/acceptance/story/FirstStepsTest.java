package dev.weir.acceptance.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.acceptance.stack.EmbeddedServices;
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
@ExtendWith(SharedServices.class)
class FirstStepsTest {
  private static final Set<String> OF_THE_STACK = Set.of("up", "down");

  private static final Set<String> SIGNS =
      Set.of(
          "key generate",
          "participant key",
          "domain sign",
          "contract sign",
          "he query",
          "he lookup");

  @TempDir private Path directory;
  private final Map<String, String> noted = new HashMap<>();

  /** What came of a command. */
  private record Outcome(int status, String out) {}

  @Test
  void everyCommandOfThePage_doesWhatThePageSays(EmbeddedServices services) throws Exception {
    Files.writeString(directory.resolve("passphrase"), "correct horse");
    var page = CommandPage.read(Path.of(System.getProperty("weir.root"), "FIRST-STEPS.md"));
    var played = new ArrayList<String>();
    var he = Map.of("roles", List.of("HE_WORKER"), "directory", directory.toString());
    try (var worker = services.startQuery(he);
        var accounts = PageAccounts.in(directory, services)) {
      for (CommandPage.Typed typed : page.commands()) {
        if (!OF_THE_STACK.contains(typed.words().getFirst())) {
          play(typed);
          played.add(typed.words().getFirst());
        }
      }
      assertThat(accounts).isNotNull();
      assertThat(worker).isNotNull();
    }
    assertThat(played)
        .contains("template", "participant", "key", "domain", "source", "resource", "lineage")
        .contains("intake", "product", "contract", "query", "he", "use", "meter", "audit")
        .hasSizeGreaterThan(70);
    assertThat(Files.readString(directory.resolve("answer.json"))).contains("receiptLeaf");
  }

  private void play(CommandPage.Typed typed) throws IOException {
    var outcome = run(arguments(typed.words()));
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
    var arguments = new ArrayList<String>();
    var rest = new ArrayDeque<>(words);
    while (!rest.isEmpty()) {
      String word = rest.pop();
      switch (word) {
        case "--as" ->
            arguments.addAll(List.of("--profile", directory + "/" + rest.pop() + ".json"));
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
    if (SIGNS.contains(words.get(0) + " " + words.get(1))) {
      arguments.addAll(List.of("--passphrase-file", directory + "/passphrase"));
    }
    return arguments;
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

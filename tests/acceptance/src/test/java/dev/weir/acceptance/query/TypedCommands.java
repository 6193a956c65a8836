package dev.weir.acceptance.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.acceptance.story.PageAccounts;
import dev.weir.cli.WeirCommand;
import dev.weir.runtime.json.Json;
import dev.weir.testkit.Account;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Commands that one account types, in this JVM. Confined to one thread. */
final class TypedCommands implements AutoCloseable {
  private static final String NAME = "typist";

  private final Path directory;
  private final PageAccounts accounts;

  private TypedCommands(Path directory, PageAccounts accounts) {
    this.directory = directory;
    this.accounts = accounts;
  }

  static TypedCommands by(Account account, Path directory, EmbeddedServices services)
      throws IOException {
    return new TypedCommands(
        directory, PageAccounts.in(directory, services, Map.of(NAME, account)));
  }

  /** What came of a command. */
  record Outcome(int status, String out) {
    JsonNode json() throws IOException {
      return Json.mapper().readTree(out);
    }
  }

  Outcome run(String... words) {
    var arguments = new ArrayList<>(List.of(words));
    arguments.addAll(List.of("--profile", directory.resolve(NAME + ".json").toString()));
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

  @Override
  public void close() {
    accounts.close();
  }
}

package dev.weir.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.output.Output;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Option;

/**
 * Shows a query with its receipt in the same result: as a member of JSON, as lines below a table,
 * as trailing comments of CSV. {@code weir audit receipt} checks each of them.
 */
final class Receipts {
  @Option(
      names = "--receipt",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "receipt lines below a table, as # comments below CSV; on by default / 结果附回执，默认开启")
  private boolean shown = true;

  int show(ClientOptions options, JsonNode query) {
    if (options.form() == Output.Format.TABLE && DryRunText.fits(query)) {
      DryRunText.of(query, options.language()).forEach(System.out::println);
    } else if (options.whole() || !query.has("answer") && !query.has("refusal")) {
      options.output().one(query);
    } else if (query.has("answer")) {
      options.output().items(AnswerRows.of(query.path("answer")));
      foot(options, query, System.out);
    }
    if (query.has("refusal")) {
      var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
      Problems.reasons(query.path("refusal"), options.language(), err);
    }
    return QueryCommands.exit(query).status();
  }

  private void foot(ClientOptions options, JsonNode query, PrintStream out) {
    if (!shown) {
      return;
    }
    List<String> lines = ReceiptNote.of(query).lines();
    if (options.form() == Output.Format.CSV) {
      lines.forEach(out::println);
    } else {
      out.println();
      out.println(AnswerRows.footer(query, options.language()));
      lines.forEach(out::println);
    }
  }
}

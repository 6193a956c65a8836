package dev.weir.cli.command;

import java.util.Map;
import picocli.CommandLine.Option;

/** A reviewer's verdict: approval, or {@code --reject} with its reason. */
final class Review {
  @Option(
      names = "--reject",
      paramLabel = "REASON",
      defaultValue = "",
      description = "reject, saying why; else approve / 驳回并说明，否则通过")
  private String rejection = "";

  Map<String, Object> body() {
    return Map.of("approved", rejection.isEmpty(), "reason", rejection);
  }
}

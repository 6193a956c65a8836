package dev.weir.cli.command;

import java.util.Map;
import picocli.CommandLine.Option;

/** {@code --reason}: for steps that are written down with their reason. */
final class Reason {
  @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why / 原因")
  private String text = "";

  String text() {
    return text;
  }

  Map<String, String> body() {
    return Map.of("reason", text);
  }
}

package dev.weir.cli.command;

import dev.weir.cli.client.UrlPath;
import picocli.CommandLine.Parameters;

/** The thing that a command is about. */
final class Id {
  @Parameters(paramLabel = "ID", description = "id / 编号")
  private String text = "";

  String text() {
    return text;
  }

  /** The address of the thing. */
  String in(String collection) {
    return collection + "/" + UrlPath.segment(text);
  }
}

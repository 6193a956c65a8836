package dev.weir.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.output.Output;
import java.util.ArrayList;
import java.util.List;

/** A profile for a person: what the file is, then a line for each column. */
final class ProfileTable {
  private static final List<String> SEEN =
      List.of("name", "type", "nulls", "violations", "distinct", "min", "max");
  private static final List<String> PROPOSED = List.of("recogniser", "role", "legalClass", "level");

  private ProfileTable() {}

  /** All of it for a program, including frequent values; its outline as a table. */
  static int show(ClientOptions options, JsonNode profile) {
    if (options.whole()) {
      return options.show(profile);
    }
    if (options.form() == Output.Format.TABLE) {
      ObjectNode file = profile.deepCopy();
      file.remove("columns");
      options.show(file);
    }
    var rows = new ArrayList<JsonNode>();
    for (JsonNode column : profile.path("columns")) {
      ObjectNode row = column.deepCopy();
      row.retain(SEEN);
      PROPOSED.forEach(member -> row.set(member, column.path("proposal").path(member)));
      rows.add(row);
    }
    return options.show(rows);
  }
}

package dev.weir.cli.demo;

import static dev.weir.cli.demo.DuckDbTruth.quoted;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The user's file as plain DuckDB sees it once intake has let through what it lets through. */
final class OwnRecords {
  private OwnRecords() {}

  /** Declares the table of the user's records. */
  static void declare(Stage stage, Item item, DuckDbTruth duckDb) throws SQLException, IOException {
    JsonNode profile = item.profile();
    boolean csv = profile.path("format").asText().equalsIgnoreCase("CSV");
    var columns = new ArrayList<String>();
    var names = new ArrayList<String>();
    var conditions = new ArrayList<>(List.of("true"));
    for (JsonNode column : profile.path("columns")) {
      String name = column.path("name").asText();
      String raw =
          csv ? "NULLIF(" + quoted(name) + ", '')" : quoted(column.path("sourceName").asText());
      String value = csv ? cast(raw, column) : raw;
      names.add("'" + name.replace("'", "''") + "'");
      columns.add(value + " AS " + quoted(name));
      if (column.path("violations").asLong() > 0) {
        conditions.add("(" + raw + " IS NULL OR " + value + " IS NOT NULL)");
      }
    }
    item.personKey()
        .map(key ->
            quoted(csv ? key.column() : item.profileOf(key.column()).path("sourceName").asText()))
        .ifPresent(key -> conditions.add((csv ? "NULLIF(" + key + ", '')" : key) + " IS NOT NULL"));
    String select = String.join(", ", columns);
    String where = String.join(" AND ", conditions);
    if (csv) {
      Path plain = utf8(stage, item);
      String delimiter = profile.path("delimiter").asText(",");
      duckDb.textView(OwnDataset.TABLE, plain, delimiter, names, where, select);
    } else {
      duckDb.view(OwnDataset.TABLE, item.dataset().file(), where, select);
    }
  }

  private static String cast(String raw, JsonNode column) {
    return switch (column.path("type").asText()) {
      case "INTEGER" -> "TRY_CAST(" + raw + " AS BIGINT)";
      case "DECIMAL" ->
          "TRY_CAST(" + raw + " AS DECIMAL(18, " + column.path("scale").asInt() + "))";
      case "DOUBLE" -> "TRY_CAST(" + raw + " AS DOUBLE)";
      case "BOOLEAN" ->
          "CASE WHEN lower("
              + raw
              + ") IN ('true', 't', 'yes', 'y', '1', '是') THEN true WHEN lower("
              + raw
              + ") IN ('false', 'f', 'no', 'n', '0', '否') THEN false END";
      case "DATE" -> "TRY_CAST(" + raw + " AS DATE)";
      case "TIMESTAMP" -> "TRY_CAST(" + raw + " AS TIMESTAMP)";
      default -> raw;
    };
  }

  /** Plain DuckDB reads UTF-8 only. */
  private static Path utf8(Stage stage, Item item) throws IOException {
    String encoding = item.profile().path("encoding").asText("UTF-8");
    if (encoding.startsWith("UTF")) {
      return item.dataset().file();
    }
    Path copy = stage.directory("data").resolve("own-utf8.csv");
    return Files.writeString(
        copy, Files.readString(item.dataset().file(), Charset.forName(encoding)));
  }
}

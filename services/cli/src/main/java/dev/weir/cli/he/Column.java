package dev.weir.cli.he;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Whole numbers of one column of a CSV or Parquet file; a line is never shown. */
final class Column {
  private Column() {}

  /**
   * @param name in the first line
   * @param most values in one part
   * @return parts in the file's order; an empty field is no value
   */
  static List<long[]> read(Path file, String name, int most) throws IOException {
    if (file.toString().toLowerCase(Locale.ROOT).endsWith(".parquet")) {
      return DuckDbColumn.read(file, name, most);
    }
    try (var lines = Files.newBufferedReader(file)) {
      int index = header(lines).indexOf(name);
      if (index < 0) {
        throw new CommandFault(
            ExitCode.USAGE, "文件首行没有列 " + name, "the first line names no column " + name);
      }
      var parts = new ArrayList<long[]>();
      var part = new long[most];
      int count = 0;
      int number = 1;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        var field = field(line, index);
        if (field.isEmpty()) {
          continue;
        }
        part[count++] = value(field, number);
        if (count == most) {
          parts.add(part.clone());
          count = 0;
        }
      }
      if (count > 0) {
        parts.add(Arrays.copyOf(part, count));
      }
      return parts;
    }
  }

  private static List<String> header(BufferedReader lines) throws IOException {
    String first = lines.readLine();
    return first == null
        ? List.of()
        : Arrays.stream(first.replace("\uFEFF", "").split(",", -1)).map(String::strip).toList();
  }

  private static String field(String line, int index) {
    if (line.indexOf('"') >= 0) {
      throw new CommandFault(
          ExitCode.USAGE,
          "文件含引号字段；请只导出数值列",
          "the file has quoted fields; export columns of numbers only");
    }
    String[] fields = line.split(",", -1);
    return index < fields.length ? fields[index].strip() : "";
  }

  private static long value(String field, int number) {
    try {
      return Long.parseLong(field);
    } catch (NumberFormatException e) {
      throw new CommandFault(
          ExitCode.USAGE,
          "第 " + number + " 行不是整数；未发送任何内容",
          "line " + number + " is not a whole number; nothing was sent");
    }
  }
}

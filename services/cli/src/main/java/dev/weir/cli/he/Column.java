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
   * @param least of a value
   * @param greatest of a value
   * @return parts in the file's order; an empty field is no value
   * @throws CommandFault when there is no value at all, a line is cut off, or a value is out of
   *     bounds: says which line, not what
   */
  static List<long[]> read(Path file, String name, int most, long least, long greatest)
      throws IOException {
    var parts =
        file.toString().toLowerCase(Locale.ROOT).endsWith(".parquet")
            ? DuckDbColumn.read(file, name, most)
            : lines(file, name, most, least, greatest);
    if (parts.isEmpty()) {
      throw new CommandFault(
          ExitCode.USAGE,
          "列 " + name + " 没有数值；未发送任何内容",
          "the column " + name + " has no value; nothing was sent");
    }
    return parts;
  }

  private static List<long[]> lines(Path file, String name, int most, long least, long greatest)
      throws IOException {
    try (var lines = Files.newBufferedReader(file)) {
      var names = header(lines);
      int index = names.indexOf(name);
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
        if (line.isBlank()) {
          continue;
        }
        var field = field(line, index, names.size(), number);
        if (field.isEmpty()) {
          continue;
        }
        part[count++] = value(field, number, least, greatest);
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

  private static String field(String line, int index, int columns, int number) {
    if (line.indexOf('"') >= 0) {
      throw new CommandFault(
          ExitCode.USAGE,
          "文件含引号字段；请只导出数值列",
          "the file has quoted fields; export columns of numbers only");
    }
    String[] fields = line.split(",", -1);
    if (fields.length != columns) {
      throw new CommandFault(
          ExitCode.USAGE,
          "第 " + number + " 行的列数与首行不同；未发送任何内容",
          "line " + number + " has not the columns of the first; nothing was sent");
    }
    return fields[index].strip();
  }

  private static long value(String field, int number, long least, long greatest) {
    try {
      long value = Long.parseLong(field);
      if (value < least || value > greatest) {
        throw new CommandFault(
            ExitCode.USAGE,
            "第 " + number + " 行超出任务声明的范围；未发送任何内容",
            "line " + number + " is outside the bounds that the task declares; nothing was sent");
      }
      return value;
    } catch (NumberFormatException e) {
      throw new CommandFault(
          ExitCode.USAGE,
          "第 " + number + " 行不是整数；未发送任何内容",
          "line " + number + " is not a whole number; nothing was sent");
    }
  }
}

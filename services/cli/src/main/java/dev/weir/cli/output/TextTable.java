package dev.weir.cli.output;

import java.io.PrintStream;
import java.util.List;

/** Columns of text, aligned for a terminal; Chinese characters count as two cells. */
public record TextTable(List<String> header, List<List<String>> rows) {
  private static final String GAP = "  ";

  public TextTable {
    header = List.copyOf(header);
    rows = List.copyOf(rows);
  }

  public void print(PrintStream out) {
    int[] widths = new int[header.size()];
    for (int column = 0; column < widths.length; column++) {
      widths[column] = cells(header.get(column));
      for (List<String> row : rows) {
        widths[column] = Math.max(widths[column], cells(row.get(column)));
      }
    }
    out.println(line(header, widths));
    rows.forEach(row -> out.println(line(row, widths)));
  }

  private static String line(List<String> cells, int[] widths) {
    var line = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      String cell = cells.get(column);
      line.append(cell).append(" ".repeat(widths[column] - cells(cell))).append(GAP);
    }
    return line.toString().stripTrailing();
  }

  static int cells(String text) {
    return text.codePoints().map(c -> isWide(c) ? 2 : 1).sum();
  }

  private static boolean isWide(int c) {
    return Character.isIdeographic(c)
        || (c >= 0x3000 && c <= 0x303F)
        || (c >= 0xFF00 && c <= 0xFF60);
  }
}

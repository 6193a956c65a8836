package dev.weir.cli.stack;

import dev.weir.runtime.embedded.LoopbackPorts;
import java.io.PrintStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Parts, addresses and whether something listens there. */
final class StatusTable {

  private StatusTable() {}

  /**
   * One part of a stack.
   *
   * @param listens true when a process accepts connections at the address
   */
  record Row(String part, URI address, boolean listens) {}

  static List<Row> rows(StackReport report) {
    var rows = new ArrayList<Row>();
    report
        .addresses()
        .forEach((part, address) ->
            rows.add(new Row(part, address, !LoopbackPorts.isFree(address.getPort()))));
    return rows;
  }

  static void print(PrintStream out, StackState state, StackReport report) {
    for (Row row : rows(report)) {
      out.printf("  %-20s %-28s %s%n", row.part(), row.address(), row.listens() ? "up" : "-");
    }
    out.printf("  %-20s %s%n", "state", state.root().relativize(state.directory()));
  }
}

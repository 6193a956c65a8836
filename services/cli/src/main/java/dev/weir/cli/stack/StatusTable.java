package dev.weir.cli.stack;

import dev.weir.runtime.embedded.LoopbackPorts;
import dev.weir.runtime.embedded.ProcessMark;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Parts, addresses and whether something listens there. */
final class StatusTable {

  private StatusTable() {}

  /**
   * One part of a stack.
   *
   * @param address where it listens, or {@code pid:} and the number of a process that does not
   * @param listens true when a process accepts connections at the address, or lives
   */
  record Row(String part, URI address, boolean listens) {}

  static List<Row> rows(StackState state, StackReport report) {
    var rows = new ArrayList<Row>();
    report
        .addresses()
        .forEach((part, address) ->
            rows.add(new Row(part, address, !LoopbackPorts.isFree(address.getPort()))));
    rows.addAll(evaluators(state));
    return rows;
  }

  /** Where native code meets foreign ciphertexts: no address, a process of its own. */
  private static List<Row> evaluators(StackState state) {
    Path marks = state.data(Service.QUERY.id()).resolve("he");
    var rows = new ArrayList<Row>();
    for (int number = 1; ; number++) {
      String name = "he-worker-" + number;
      var mark = ProcessMark.read(marks.resolve(name + ".pid"));
      if (mark.isEmpty()) {
        return rows;
      }
      rows.add(new Row(name, URI.create("pid:" + mark.get().pid()), mark.get().alive()));
    }
  }

  static void print(PrintStream out, StackState state, StackReport report) {
    for (Row row : rows(state, report)) {
      out.printf("  %-20s %-28s %s%n", row.part(), row.address(), row.listens() ? "up" : "-");
    }
    out.printf("  %-20s %s%n", "state", state.root().relativize(state.directory()));
  }
}

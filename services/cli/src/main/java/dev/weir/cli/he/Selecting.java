package dev.weir.cli.he;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.query.he.client.Selection;
import dev.weir.query.he.client.Selection.Weighted;
import dev.weir.query.he.client.Ticket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cells a question is about: on the command line, or in a file that stays here. */
final class Selecting {
  @Option(
      names = "--where",
      paramLabel = "KEY=V,V",
      description =
          "cells with one of these values; repeat for other keys; other users of this machine may"
              + " see command lines / 取值在此列的单元，可重复")
  private List<String> where = List.of();

  @Option(
      names = "--weights",
      paramLabel = "CSV",
      description =
          "instead: one cell a line, a value for each key and a whole number / 或：每行一个单元与权重")
  private @Nullable Path weights;

  @Option(names = "--all", description = "instead: every cell / 或：全部单元")
  private boolean all;

  Selection of(Ticket ticket) throws IOException {
    if (weights == null) {
      return Selection.where(ticket, wanted());
    }
    return Selection.weighted(ticket, rows(Files.readAllLines(weights)));
  }

  /** Says so before a ticket is asked for. */
  void requireReadable() throws IOException {
    int ways = (where.isEmpty() ? 0 : 1) + (weights == null ? 0 : 1) + (all ? 1 : 0);
    if (ways != 1) {
      throw new CommandFault(
          ExitCode.USAGE,
          "请给出一种：--where、--weights 或 --all",
          "give one of --where, --weights and --all");
    }
    wanted();
    if (weights != null) {
      rows(Files.readAllLines(weights));
    }
  }

  private Map<String, Set<String>> wanted() {
    var wanted = new LinkedHashMap<String, Set<String>>();
    for (String one : where) {
      int at = one.indexOf('=');
      if (at < 1) {
        throw new CommandFault(
            ExitCode.USAGE, "--where 的写法是 键=值,值", "--where is written KEY=VALUE,VALUE");
      }
      wanted
          .computeIfAbsent(one.substring(0, at), key -> new LinkedHashSet<>())
          .addAll(List.of(one.substring(at + 1).split(",", -1)));
    }
    return wanted;
  }

  private static List<Weighted> rows(List<String> lines) {
    var rows = new ArrayList<Weighted>();
    int number = 0;
    for (String line : lines) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      var fields = List.of(line.strip().split(",", -1));
      try {
        rows.add(
            new Weighted(
                fields.subList(0, fields.size() - 1), Integer.parseInt(fields.getLast().strip())));
      } catch (NumberFormatException e) {
        throw new CommandFault(
            ExitCode.USAGE,
            "第 " + number + " 行末尾不是整数权重",
            "line " + number + " does not end with a whole number");
      }
    }
    return rows;
  }
}

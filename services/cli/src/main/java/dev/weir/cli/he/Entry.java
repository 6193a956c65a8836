package dev.weir.cli.he;

import dev.weir.cli.client.ApiProblem;
import dev.weir.query.he.client.Ticket;
import dev.weir.query.he.lookup.LookupTerms.By;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which record is meant. */
final class Entry {
  private static final long PAUSE_NANOS = 500_000_000;

  @Option(
      names = "--keyword",
      paramLabel = "KEYWORD",
      description =
          "the record whose unique column has this value; other users of this machine may see"
              + " command lines / 唯一列等于此值的记录")
  private @Nullable String keyword;

  @Option(
      names = "--index",
      paramLabel = "N",
      description = "the record at this place of the data version, from 0 / 数据版本中的第 N 条")
  private @Nullable Integer index;

  /** How many of the two are given. */
  int ways() {
    return (keyword == null ? 0 : 1) + (index == null ? 0 : 1);
  }

  By by() {
    return keyword == null ? By.INDEX : By.KEYWORD;
  }

  @Nullable String keyword() {
    return keyword;
  }

  /** Refused by every table when it is not given. */
  int index() {
    return index == null ? -1 : index;
  }

  /** Asks again while cells are counted or a table is being locked. */
  static Ticket patiently(Duration patience, Supplier<Ticket> ticket) {
    long until = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        return ticket.get();
      } catch (ApiProblem problem) {
        boolean later = List.of("not-ready", "unavailable").contains(problem.slug());
        if (!later || System.nanoTime() > until) {
          throw problem;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }
}

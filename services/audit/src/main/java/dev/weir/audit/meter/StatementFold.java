package dev.weir.audit.meter;

import dev.weir.audit.meter.Statement.Line;
import dev.weir.kernel.ContractId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.TreeMap;

/** Adds meter leaves of one contract into a statement. Confined to one thread. */
public final class StatementFold {
  private final ContractId contract;
  private final Instant from;
  private final Instant to;
  private final TreeMap<String, Line> lines = new TreeMap<>();
  private Line total = Line.empty(Line.ALL);

  public StatementFold(ContractId contract, Instant from, Instant to) {
    this.contract = contract;
    this.from = from;
    this.to = to;
  }

  /** Adds a reading if it is of the contract and within the period. */
  public void add(Reading reading) {
    boolean within = !reading.at().isBefore(from) && reading.at().isBefore(to);
    if (within && reading.contractId().equals(contract)) {
      lines.merge(
          reading.product(),
          Line.empty(reading.product()).plus(reading),
          (sum, one) -> sum.plus(reading));
      total = total.plus(reading);
    }
  }

  /**
   * @param size of the log whose leaves were added
   */
  public Statement statement(long size) {
    return new Statement(contract, from, to, size, new ArrayList<>(lines.values()), total);
  }
}

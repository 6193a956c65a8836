package dev.weir.aggregation.stream;

import dev.weir.aggregation.verify.Reason;

/** Counts what happens to reports, for the operator; may count a report again after a crash. */
public interface ReportFigures {
  void counted();

  void refused(Reason reason);

  /**
   * A message of a lane was put aside.
   *
   * @param reason fixed text
   */
  void buried(String reason);

  /** Messages of the other aggregator's lane have not come, and will not. */
  void gap();
}

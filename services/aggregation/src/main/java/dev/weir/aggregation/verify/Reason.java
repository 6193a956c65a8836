package dev.weir.aggregation.verify;

import dev.weir.dap.report.ReportError;
import java.util.Locale;

/**
 * Why a report does not count, for our own counters; others learn the {@link #error}. New ones go
 * to the end: the place is written down.
 */
public enum Reason {
  TOO_EARLY(ReportError.REPORT_TOO_EARLY),
  TOO_OLD(ReportError.REPORT_DROPPED),
  TASK_NOT_STARTED(ReportError.TASK_NOT_STARTED),
  TASK_EXPIRED(ReportError.TASK_EXPIRED),
  EXTENSION_REFUSED(ReportError.INVALID_MESSAGE),
  NOT_SIGNED(ReportError.INVALID_MESSAGE),
  UNKNOWN_CONTRIBUTOR(ReportError.REPORT_DROPPED),
  BAD_SIGNATURE(ReportError.INVALID_MESSAGE),
  WRONG_LANE(ReportError.REPORT_DROPPED),
  REPLAYED(ReportError.REPORT_REPLAYED),
  BATCH_COLLECTED(ReportError.BATCH_COLLECTED),
  CONTRIBUTOR_CAP(ReportError.REPORT_DROPPED),
  NOT_OPENED(ReportError.HPKE_DECRYPT_ERROR),
  MALFORMED_SHARE(ReportError.INVALID_MESSAGE),
  SPLIT_RANDOMNESS(ReportError.VDAF_VERIFY_ERROR),
  NOT_VERIFIED(ReportError.VDAF_VERIFY_ERROR),
  REFUSED_BY_HELPER(ReportError.VDAF_VERIFY_ERROR),
  /** At upload only: sealed to a key that is not ours any more. */
  OUTDATED_CONFIG(ReportError.OUTDATED_CONFIG),
  /** At upload only: the contributor was too fast, and comes again. */
  RATE_LIMITED(ReportError.REPORT_DROPPED),
  /** With one more its lane's part of the field, less what noise takes, would be used up. */
  BATCH_FULL(ReportError.REPORT_DROPPED);

  private final ReportError error;

  Reason(ReportError error) {
    this.error = error;
  }

  public ReportError error() {
    return error;
  }

  /** True when it is the time that was refused: which batch the report is of nobody knows then. */
  public boolean isOfTime() {
    return switch (this) {
      case TOO_EARLY, TOO_OLD, TASK_NOT_STARTED, TASK_EXPIRED -> true;
      case EXTENSION_REFUSED,
          NOT_SIGNED,
          UNKNOWN_CONTRIBUTOR,
          BAD_SIGNATURE,
          WRONG_LANE,
          REPLAYED,
          BATCH_COLLECTED,
          CONTRIBUTOR_CAP,
          NOT_OPENED,
          MALFORMED_SHARE,
          SPLIT_RANDOMNESS,
          NOT_VERIFIED,
          REFUSED_BY_HELPER,
          OUTDATED_CONFIG,
          RATE_LIMITED,
          BATCH_FULL ->
          false;
    };
  }

  /** The name in metrics and evidence. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

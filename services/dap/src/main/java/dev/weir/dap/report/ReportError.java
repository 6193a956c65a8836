package dev.weir.dap.report;

import java.util.Locale;
import java.util.Optional;

/** Why one report is not counted; the code on the wire is the place in this list plus one. */
public enum ReportError {
  BATCH_COLLECTED,
  REPORT_REPLAYED,
  REPORT_DROPPED,
  HPKE_UNKNOWN_CONFIG_ID,
  HPKE_DECRYPT_ERROR,
  VDAF_VERIFY_ERROR,
  TASK_EXPIRED,
  INVALID_MESSAGE,
  REPORT_TOO_EARLY,
  TASK_NOT_STARTED,
  OUTDATED_CONFIG;

  public int code() {
    return ordinal() + 1;
  }

  /** The name as DAP writes it, such as {@code report_dropped}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Empty for a code of another edition: still an error, of no known kind. */
  public static Optional<ReportError> of(int code) {
    return code >= 1 && code <= values().length
        ? Optional.of(values()[code - 1])
        : Optional.empty();
  }
}

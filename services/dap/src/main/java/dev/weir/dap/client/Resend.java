package dev.weir.dap.client;

import dev.weir.dap.report.ReportError;

/** What a refusal at upload leaves open. */
enum Resend {
  /** The leader's clock is behind: the very same report may come again. */
  AS_IT_IS,
  /** Sealed to a key that is gone: the measurement may come again, sealed to the key of today. */
  SEALED_ANEW,
  NEVER;

  /**
   * @param code as an {@code UploadErrors.Failure} carries it
   */
  static Resend after(int code) {
    return ReportError.of(code).map(Resend::after).orElse(NEVER);
  }

  private static Resend after(ReportError error) {
    return switch (error) {
      case REPORT_TOO_EARLY -> AS_IT_IS;
      case OUTDATED_CONFIG, HPKE_UNKNOWN_CONFIG_ID -> SEALED_ANEW;
      case BATCH_COLLECTED,
          REPORT_REPLAYED,
          REPORT_DROPPED,
          HPKE_DECRYPT_ERROR,
          VDAF_VERIFY_ERROR,
          TASK_EXPIRED,
          INVALID_MESSAGE,
          TASK_NOT_STARTED ->
          NEVER;
    };
  }
}

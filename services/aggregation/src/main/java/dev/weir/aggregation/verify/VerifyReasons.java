package dev.weir.aggregation.verify;

import dev.weir.privacy.vdaf.RejectedReportException;

/** From the VDAF's reasons to ours. */
final class VerifyReasons {
  private VerifyReasons() {}

  static Reason of(RejectedReportException.Reason reason) {
    return switch (reason) {
      case MALFORMED_PUBLIC_SHARE, MALFORMED_INPUT_SHARE -> Reason.MALFORMED_SHARE;
      case SPLIT_JOINT_RANDOMNESS -> Reason.SPLIT_RANDOMNESS;
      case MALFORMED_VERIFIER_SHARE,
          MALFORMED_MESSAGE,
          QUERY_POINT_IS_A_NODE,
          PROOF_INVALID,
          JOINT_RANDOMNESS_DIFFERS ->
          Reason.NOT_VERIFIED;
    };
  }
}

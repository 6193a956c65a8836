package dev.weir.privacy.vdaf;

/**
 * A report, or what another party sent about it, does not verify. The reason is for counters of the
 * party itself: others are told that verification failed and no more. Carries no stack trace, since
 * hostile reports may come in great numbers.
 */
public final class RejectedReportException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What was wrong. */
  public enum Reason {
    /** Wrong length, or an element that is not canonical. */
    MALFORMED_PUBLIC_SHARE,
    MALFORMED_INPUT_SHARE,
    MALFORMED_VERIFIER_SHARE,
    MALFORMED_MESSAGE,
    /** The joint randomness part in the public share is not the one that the input share gives. */
    SPLIT_JOINT_RANDOMNESS,
    /** The query point is a node of the wire polynomials; one report in 2⁵⁰ or fewer. */
    QUERY_POINT_IS_A_NODE,
    /** The measurement is invalid, or the proof is. */
    PROOF_INVALID,
    /** The parties derived different joint randomness. */
    JOINT_RANDOMNESS_DIFFERS
  }

  private final Reason reason;

  RejectedReportException(Reason reason) {
    super(reason.name(), null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}

package dev.weir.query.plan.check;

/** How much arithmetic a check may still do. Confined to one check. */
final class Effort {
  /** The check cannot be finished; what it was about is then refused. */
  static final class Exceeded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Exceeded() {
      super("the cohorts are too tangled to be audited");
    }
  }

  /** What a step of a proof takes, in operations of arithmetic. */
  static final long PER_PROOF_STEP = 200;

  private long left;

  Effort(long operations) {
    this.left = operations;
  }

  void spend(long operations) {
    left -= operations;
    if (left < 0) {
      throw new Exceeded();
    }
  }
}

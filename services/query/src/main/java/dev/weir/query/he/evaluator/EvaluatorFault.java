package dev.weir.query.he.evaluator;

/** Why a question has no result. Its question is not asked again. */
public final class EvaluatorFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** What happened, as tickets and evidence name it. */
  public enum Reason {
    /** The process ended under it: killed, or crashed by what it was given. */
    ENDED("worker-ended"),
    /** It took longer than a question may, and was killed. */
    DEADLINE("deadline"),
    /** The process said no: no memory for the cells, or a ciphertext that native code refuses. */
    REFUSED("evaluation"),
    /** No process came up. */
    ABSENT("no-worker");

    private final String problem;

    Reason(String problem) {
      this.problem = problem;
    }

    public String problem() {
      return problem;
    }
  }

  EvaluatorFault(Reason reason) {
    super(reason.problem);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}

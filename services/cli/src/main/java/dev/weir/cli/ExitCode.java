package dev.weir.cli;

import dev.weir.cli.client.ApiProblem;

/** What the command's exit status says. */
public enum ExitCode {
  OK(0),
  FAILED(1),
  USAGE(2),
  DENIED(3),
  NOT_FOUND(4),
  BUDGET_EXHAUSTED(5),
  /** The same command may be typed again; nothing has come of this one. */
  RETRYABLE(6),
  /** It was taken and will be charged; its answer is fetched later, and not asked for again. */
  PENDING(7),
  /** All of it had been done before, and nothing was done now. */
  NOTHING_NEW(8);

  private final int status;

  ExitCode(int status) {
    this.status = status;
  }

  public int status() {
    return status;
  }

  public static ExitCode of(ApiProblem problem) {
    return switch (problem.slug()) {
      case "budget-exhausted", "quota-exhausted" -> BUDGET_EXHAUSTED;
      case "policy-refused", "sql-refused", "group-too-small", "contract-ended" -> DENIED;
      default -> ofStatus(problem.status());
    };
  }

  private static ExitCode ofStatus(int status) {
    return switch (status) {
      case 401, 403 -> DENIED;
      case 404 -> NOT_FOUND;
      case 400, 413, 415, 422 -> USAGE;
      case 408, 429, 503 -> RETRYABLE;
      default -> FAILED;
    };
  }
}

package dev.weir.query.plan.expr;

/** An expression grew past a limit while it was built; carries no detail. */
public final class ExprTooLarge extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ExprTooLarge() {
    super("expression too large", null, false, false);
  }
}

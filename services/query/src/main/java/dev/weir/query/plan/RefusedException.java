package dev.weir.query.plan;

import java.util.List;

/**
 * Ends a planning with its refusals; {@link QueryPlanner} turns it into an outcome and lets none
 * out.
 */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Refusal> refusals;

  public RefusedException(List<Refusal> refusals) {
    super("refused", null, false, false);
    this.refusals = List.copyOf(refusals);
  }

  public static RefusedException of(String node, PlanRule rule) {
    return new RefusedException(List.of(Refusal.of(node, rule)));
  }

  public List<Refusal> refusals() {
    return refusals;
  }
}

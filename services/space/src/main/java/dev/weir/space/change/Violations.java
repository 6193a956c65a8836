package dev.weir.space.change;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Collects every rule that a draft breaks, so that the caller mends them in one go. Confined. */
public final class Violations {
  private final List<String> found = new ArrayList<>();

  /**
   * @param rule id of the rule, then what to do; names columns and limits, never values
   */
  public void require(boolean holds, String rule) {
    if (!holds) {
      found.add(rule);
    }
  }

  public List<String> found() {
    return List.copyOf(found);
  }

  /**
   * @throws ProblemException of type {@link ProblemType#VALIDATION_FAILED} listing {@code
   *     violations}, unless there are none
   */
  public void refuse(String detail) {
    if (!found.isEmpty()) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED, detail, Map.of("violations", List.copyOf(found)));
    }
  }
}

package dev.weir.query.plan.check;

import dev.weir.query.plan.EngineStatement;
import dev.weir.query.plan.RawRow;
import java.util.List;
import java.util.function.Function;

/**
 * Decides whether an exact answer may stand beside those its consumer has. A border, so that tests
 * of attacks can put a service together that has no such check, and see the attack succeed.
 */
public interface CohortCheck {

  /**
   * @param mine what the new answer tells about
   * @param minGroup records below which nothing may be told apart
   * @param engine runs a statement over the present data version
   */
  Verdict verdict(
      ReleasedCohorts mine,
      Earlier earlier,
      int minGroup,
      Function<EngineStatement, List<RawRow>> engine);

  /**
   * What the consumer was told before.
   *
   * @param present over the present data version
   * @param past over other versions
   */
  record Earlier(List<ReleasedCohorts> present, List<ReleasedCohorts> past) {
    public Earlier {
      present = List.copyOf(present);
      past = List.copyOf(past);
    }
  }
}

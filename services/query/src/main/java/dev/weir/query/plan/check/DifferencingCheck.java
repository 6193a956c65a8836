package dev.weir.query.plan.check;

import dev.weir.query.plan.EngineStatement;
import dev.weir.query.plan.RawRow;
import dev.weir.query.plan.render.OverlaySql;
import java.util.List;

/**
 * Decides whether two exact answers together tell a small group apart. For any two cohorts A and B
 * of the same kind, |A∖B| and |B∖A| are each 0 or at least the minimum group; where A and B
 * together cover all records, so is |A∩B|, and where they do not meet, so is what neither covers.
 * The union of all shown groups of an answer counts as a cohort too. An answer is also held against
 * itself.
 *
 * <p>Pairs of answers are compared; what three or more answers combine to is not (ADR 0072).
 */
public final class DifferencingCheck {
  private DifferencingCheck() {}

  /** Whether {@link #statement} and {@link #check} apply. */
  public static boolean comparable(ReleasedCohorts a, ReleasedCohorts b) {
    return a.cohorts().facts().equals(b.cohorts().facts());
  }

  /** The statement whose rows {@link #check} reads. */
  public static EngineStatement statement(ReleasedCohorts a, ReleasedCohorts b) {
    return OverlaySql.of(a.cohorts(), b.cohorts());
  }

  /**
   * @param cells the rows of {@link #statement} over one data version
   * @param universe number of records of the resource in that version
   */
  public static Verdict check(
      List<RawRow> cells, ReleasedCohorts a, ReleasedCohorts b, long universe, int minGroup) {
    if (!comparable(a, b)) {
      return Verdict.INCOMPARABLE;
    }
    if (cells.size() > OverlaySql.MAX_CELLS) {
      return Verdict.TOO_CLOSE;
    }
    var overlay = new Overlay(a, b);
    cells.forEach(overlay::add);
    return overlay.separates(universe, minGroup) ? Verdict.TOO_CLOSE : Verdict.SAFE;
  }
}

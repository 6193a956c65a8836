package dev.weir.query.plan.check;

import dev.weir.query.plan.EngineStatement;
import dev.weir.query.plan.RawRow;
import dev.weir.query.plan.render.OverlaySql;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Holds an exact answer against itself and against earlier ones, in one scan.
 *
 * <p>Over the present version: no sum, difference or multiple of any number of answers rests on
 * fewer records than the minimum group, see {@link Span}. Whatever the version: for any two cohorts
 * A and B of the same kind, |A∖B| and |B∖A| are each 0 or at least the minimum group, which also
 * guards what cannot be subtracted, such as medians; where A and B together cover all records, so
 * is |A∩B|, and where they do not meet, so is what neither covers. What cannot be decided within
 * the effort is refused. Thread-safe.
 */
public final class DifferencingCheck implements CohortCheck {
  /** About a second of arithmetic. */
  private static final long OPERATIONS = 60_000_000;

  private final SecureRandom random;

  /**
   * @param random draws the modulus of each check
   */
  public DifferencingCheck(SecureRandom random) {
    this.random = random;
  }

  @Override
  public Verdict verdict(
      ReleasedCohorts mine,
      Earlier earlier,
      int minGroup,
      Function<EngineStatement, List<RawRow>> engine) {
    var present = new ArrayList<>(mine.all());
    earlier.present().forEach(answer -> present.addAll(answer.all()));
    var all = new ArrayList<>(present);
    earlier.past().forEach(answer -> all.addAll(answer.all()));
    if (!comparable(all)) {
      return Verdict.INCOMPARABLE;
    }
    var sql = OverlaySql.of(all.stream().map(ReleasedCohorts::cohorts).toList());
    if (sql.columns() > OverlaySql.MAX_COLUMNS) {
      return Verdict.TOO_MANY;
    }
    List<RawRow> rows = engine.apply(sql.statement());
    if (rows.size() > OverlaySql.MAX_CELLS) {
      return Verdict.TOO_MANY;
    }
    var effort = new Effort(OPERATIONS);
    try {
      if (new Overlay(new Cells(sql, all, rows), mine.all().size(), effort).separates(minGroup)) {
        return Verdict.TOO_CLOSE;
      }
      return new Span(new Cells(sql, present, rows))
              .holds(minGroup, PrimeField.draw(random), effort)
          ? Verdict.SAFE
          : Verdict.TOO_CLOSE;
    } catch (Effort.Exceeded e) {
      return Verdict.TOO_MANY;
    }
  }

  private static boolean comparable(List<ReleasedCohorts> answers) {
    return answers.stream().map(answer -> answer.cohorts().facts()).distinct().count() == 1;
  }
}

package dev.weir.intake.recognise;

import dev.weir.kernel.data.ColumnRole;
import dev.weir.kernel.data.LegalClass;
import java.util.Optional;

/**
 * What the recognisers propose for a column. All three are absent while the column is unclassified:
 * a person must then decide without a proposal. Immutable.
 *
 * @param recogniser id of the recogniser that spoke, such as {@code id-number}
 * @param level 1 to 5
 * @param checked values looked at
 * @param matched values that the recogniser accepted
 */
public record Proposal(
    Optional<String> recogniser,
    Optional<ColumnRole> role,
    Optional<LegalClass> legalClass,
    Optional<Integer> level,
    long checked,
    long matched) {

  static Proposal none(long checked) {
    return new Proposal(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), checked, 0);
  }

  static Proposal of(Recogniser recogniser, long checked, long matched) {
    return new Proposal(
        Optional.of(recogniser.id()),
        Optional.of(recogniser.role()),
        Optional.of(LegalClass.GENERAL),
        Optional.of(recogniser.level()),
        checked,
        matched);
  }
}

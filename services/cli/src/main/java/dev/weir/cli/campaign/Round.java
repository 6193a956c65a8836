package dev.weir.cli.campaign;

import dev.weir.cli.campaign.check.Violation;
import java.util.List;
import java.util.Map;

/**
 * How one round went.
 *
 * @param part that was killed
 * @param afterMillis into the load
 * @param downSeconds from the kill until the part answered again
 * @param quietSeconds from the end of the load until nothing was under way
 * @param answered queries that were answered in the round
 * @param sealed versions that were sealed in the round
 * @param failures calls that failed, as they may while a part is down
 * @param unanswered queries that ended otherwise, by status and rule
 */
public record Round(
    int number,
    String part,
    long afterMillis,
    double downSeconds,
    double quietSeconds,
    long answered,
    long sealed,
    long failures,
    Map<String, Long> unanswered,
    List<Violation> violations) {
  public Round {
    unanswered = Map.copyOf(unanswered);
    violations = List.copyOf(violations);
  }

  /** Whether budget and bill had anything to hold: a round without an answer tried nothing. */
  public boolean exercised() {
    return answered > 0;
  }

  /** Whether nothing was violated, in rounds that all answered and together sealed a version. */
  static boolean allHold(List<Round> rounds) {
    return rounds.stream().allMatch(round -> round.exercised() && round.violations().isEmpty())
        && rounds.stream().anyMatch(round -> round.sealed() > 0);
  }
}

package dev.weir.cli.campaign;

import dev.weir.cli.campaign.check.Violation;
import java.util.List;

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
    List<Violation> violations) {
  public Round {
    violations = List.copyOf(violations);
  }
}

package dev.weir.cli.campaign;

import dev.weir.aggregation.collect.ReleasePoint;
import dev.weir.aggregation.rehearsal.ReleaseHistory;
import dev.weir.kernel.ProblemType;
import java.util.EnumMap;
import java.util.Map;

/** What was counted over all histories of collections so far. Confined. */
final class ReleaseFigures {
  private final Map<ReleasePoint, Integer> kills = new EnumMap<>(ReleasePoint.class);
  private final Map<ProblemType, Integer> refused = new EnumMap<>(ProblemType.class);
  private int played;
  private long released;
  private int putAside;
  private int sharesSeen;
  private int wrong;

  void add(ReleaseHistory.Verdict verdict) {
    played++;
    verdict.kills().forEach((point, count) -> kills.merge(point, count, Integer::sum));
    verdict.refused().forEach((type, count) -> refused.merge(type, count, Integer::sum));
    released += verdict.released();
    putAside += verdict.putAside();
    sharesSeen = Math.max(sharesSeen, verdict.sharesSeen());
    wrong += verdict.wrong().isPresent() ? 1 : 0;
  }

  int played() {
    return played;
  }

  int wrong() {
    return wrong;
  }

  /** Kills between the draw of noise and its commit. */
  int beforeCommit() {
    return kills.entrySet().stream()
        .filter(kill -> kill.getKey().isBeforeCommit())
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /** One line for a terminal; {@code sharesSeen} is the most that one side had of one batch. */
  @Override
  public String toString() {
    return "collections=%d released=%d kills=%s beforeCommit=%d refused=%s putAside=%d sharesSeen=%d wrong=%d"
        .formatted(played, released, kills, beforeCommit(), refused, putAside, sharesSeen, wrong);
  }
}

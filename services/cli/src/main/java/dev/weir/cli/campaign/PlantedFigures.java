package dev.weir.cli.campaign;

import dev.weir.aggregation.rehearsal.PlantedBug;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How often each bug that was planted in histories of reports was found. Confined. */
final class PlantedFigures {
  private final Map<PlantedBug, Integer> found = new EnumMap<>(PlantedBug.class);
  private int rounds;

  /** Plays one history with each of them. */
  void play(Finder finder) {
    rounds++;
    bugs().forEach(bug -> found.merge(bug, finder.finds(bug) ? 1 : 0, Integer::sum));
  }

  /** Whether a history with the bug came out wrong. */
  interface Finder {
    boolean finds(PlantedBug bug);
  }

  /** False as long as one of them never was. */
  boolean isEachFound() {
    return bugs().allMatch(bug -> of(bug) > 0);
  }

  /** False when a bug was found more seldom than chance alone lets it be missed. */
  boolean areFound() {
    return isEachFound() && bugs().allMatch(bug -> of(bug) >= rounds / playedForOne(bug));
  }

  /** A bug that shows in every second history, or in one of six, shows among so many. */
  private static int playedForOne(PlantedBug bug) {
    return switch (bug) {
      case KILL_UNDOES_NOTHING, DECIDES_ON_REPEATED -> 10;
      case ADMITS_WHAT_IS_CLOSED, NO_HORIZON_OF_FORGOTTEN -> 60;
      case NONE -> throw new IllegalArgumentException("no bug");
    };
  }

  private int of(PlantedBug bug) {
    return found.getOrDefault(bug, 0);
  }

  private static Stream<PlantedBug> bugs() {
    return Arrays.stream(PlantedBug.values()).filter(bug -> bug != PlantedBug.NONE);
  }

  /** One line for a terminal. */
  @Override
  public String toString() {
    return bugs()
        .map(bug -> "%s=%d/%d".formatted(bug, of(bug), rounds))
        .collect(Collectors.joining(" ", "planted ", ""));
  }
}

package dev.weir.query.plan.answer;

import dev.weir.query.plan.DpPlan;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The groups whose noisy count reaches the threshold; of more than 20,000 such, those with the
 * largest noisy counts. Looks at a true count once, to add noise to it. Confined to one answer.
 */
final class SelectedGroups {
  /** What an answer can hold; which ones are left out is decided on noisy counts. */
  static final int MOST = 20_000;

  private final DpPlan plan;
  private final NoiseSource noise;
  private final BigInteger threshold;
  private final Map<List<String>, Group> held = new HashMap<>();
  private final PriorityQueue<Group> smallestFirst =
      new PriorityQueue<>(
          Comparator.comparing(Group::noisyCount).thenComparing(group -> group.keys().toString()));
  private boolean full;

  SelectedGroups(DpPlan plan, NoiseSource noise, long threshold) {
    this.plan = plan;
    this.noise = noise;
    this.threshold = BigInteger.valueOf(threshold);
  }

  record Group(List<String> keys, BigInteger noisyCount) {}

  /**
   * Takes a group, once.
   *
   * @return the keys of the one that had to go instead, if one had to
   */
  Optional<List<String>> offer(List<String> keys, BigInteger count) {
    var variance = plan.statistics().get(plan.countStatistic()).noise();
    var group = new Group(keys, count.add(noise.gaussian(variance)));
    if (group.noisyCount().compareTo(threshold) < 0) {
      return Optional.empty();
    }
    held.put(keys, group);
    smallestFirst.add(group);
    if (held.size() <= MOST) {
      return Optional.empty();
    }
    full = true;
    List<String> outdone = smallestFirst.remove().keys();
    held.remove(outdone);
    return Optional.of(outdone);
  }

  boolean holds(List<String> keys) {
    return held.containsKey(keys);
  }

  /** By key. */
  List<Group> groups() {
    return held.values().stream()
        .sorted(Comparator.comparing(group -> group.keys().toString()))
        .toList();
  }

  /** Whether groups that reached the threshold had to go. */
  boolean full() {
    return full;
  }
}

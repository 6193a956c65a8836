package dev.weir.query.sum.stream;

import java.util.List;

/** Names of topics, as the catalogue has them, and the partition of a task. */
public final class SumTopics {
  public static final String INPUTS = "sums.inputs";

  /** What each adder signed; an adder's login is the end of its topic's name. */
  public static final List<String> SUMS = List.of("sums.adder-one", "sums.adder-two");

  private static final int HEX = 16;
  private static final int HEX_DIGITS = 7;

  private SumTopics() {}

  /** Where an adder writes. */
  public static String of(String adderLogin) {
    String topic = "sums." + adderLogin;
    if (!SUMS.contains(topic)) {
      throw new IllegalArgumentException("the catalogue has no topic for this adder");
    }
    return topic;
  }

  /**
   * All inputs of a task stand in one partition, so that both adders see one order. An adder leaves
   * out what stands elsewhere.
   */
  public static int partition(String taskId, int partitions) {
    return Integer.parseInt(taskId.substring(0, HEX_DIGITS), HEX) % partitions;
  }
}

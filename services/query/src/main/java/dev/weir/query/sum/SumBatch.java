package dev.weir.query.sum;

import java.util.regex.Pattern;

/**
 * What is summed together.
 *
 * @param task id of the task
 * @param window of time, as the task's parties name it
 * @param group within the window
 */
public record SumBatch(String task, String window, String group) implements Comparable<SumBatch> {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}");

  public SumBatch {
    if (!task.matches("[0-9a-f]{64}") || !isName(window) || !isName(group)) {
      throw new IllegalArgumentException("a batch has a task id and two short names");
    }
  }

  /** Whether a window or a group may be called so. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  @Override
  public int compareTo(SumBatch other) {
    int byTask = task.compareTo(other.task);
    int byWindow = byTask != 0 ? byTask : window.compareTo(other.window);
    return byWindow != 0 ? byWindow : group.compareTo(other.group);
  }
}

package dev.weir.cli.demo;

import dev.weir.kernel.Bilingual;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** Runs steps, times them and counts what held. Confined to the demo's thread. */
final class Story {
  private static final double NANOS = 1e9;

  private final Narrator narrator;
  private final long startedAt = System.nanoTime();
  private int checks;
  private int failed;

  Story(Narrator narrator) {
    this.narrator = narrator;
  }

  Narrator narrator() {
    return narrator;
  }

  /** Does something, then tells it. */
  <T> T step(String name, Bilingual text, Callable<T> work) throws Exception {
    long start = System.nanoTime();
    T result = work.call();
    narrator.step(name, text, seconds(start), Map.of());
    return result;
  }

  void check(String name, Bilingual text, boolean holds) {
    check(name, text, holds, Map.of());
  }

  void check(String name, Bilingual text, boolean holds, Map<String, ?> figures) {
    checks++;
    if (!holds) {
      failed++;
    }
    narrator.check(name, text, holds, new TreeMap<>(figures));
  }

  /** Closes the story. */
  boolean finish() {
    narrator.summary(checks, failed, seconds(startedAt));
    return failed == 0 && checks > 0;
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / NANOS;
  }
}

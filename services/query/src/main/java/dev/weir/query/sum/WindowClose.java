package dev.weir.query.sum;

import dev.weir.runtime.json.Json;

/**
 * The closer's word that a window takes no more inputs. It stands in the same order for both
 * adders, between the inputs, so that both add the same ones.
 *
 * @param signature over {@link #toSign}, base64
 */
public record WindowClose(String task, String window, String signature) {

  public WindowClose {
    if (!task.matches("[0-9a-f]{64}") || !SumBatch.isName(window)) {
      throw new IllegalArgumentException("not the close of a window");
    }
  }

  public static WindowClose signed(SumTask task, String window, SumSigner closer) {
    return new WindowClose(task.id(), window, closer.sign(toSign(task.id(), window)));
  }

  boolean isSignedIn(SumTask task) {
    return task.closer().signed(toSign(this.task, window), signature);
  }

  private record ToSign(String kind, String task, String window) {}

  private static byte[] toSign(String task, String window) {
    return Json.canonical(new ToSign("weir-sum-close-v1", task, window));
  }
}

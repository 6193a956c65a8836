package dev.weir.query.he;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import java.util.HashMap;
import java.util.Map;

/**
 * How many large questions are held in memory at once: a few in all, and fewer of one party, so
 * that what they take is bounded whoever sends them. Small ones need no place. Thread-safe.
 */
final class QuestionPlaces {
  static final int LARGE_BYTES = 1 << 20;
  static final int AT_ONCE = 4;
  static final int OF_A_PARTY = 2;

  private final Map<CreditCode, Integer> taken = new HashMap<>();
  private int all;

  /** A place for one question; closing it frees the place. */
  interface Place extends AutoCloseable {
    /** Most bytes of the question. */
    int bytes();

    @Override
    void close();
  }

  /**
   * @param bytes that the question may have
   * @throws ProblemException of type {@link ProblemType#UNAVAILABLE} while others have the places
   */
  synchronized Place take(CreditCode party, int bytes) {
    boolean large = bytes > LARGE_BYTES;
    if (large) {
      if (all >= AT_ONCE || taken.getOrDefault(party, 0) >= OF_A_PARTY) {
        throw new ProblemException(
            ProblemType.UNAVAILABLE,
            "Too many large questions are coming in at once; send it again shortly.");
      }
      all++;
      taken.merge(party, 1, Integer::sum);
    }
    return new Place() {
      private boolean held = large;

      @Override
      public int bytes() {
        return bytes;
      }

      @Override
      public void close() {
        if (held) {
          held = false;
          free(party);
        }
      }
    };
  }

  private synchronized void free(CreditCode party) {
    all--;
    taken.computeIfPresent(party, (key, count) -> count == 1 ? null : count - 1);
  }
}

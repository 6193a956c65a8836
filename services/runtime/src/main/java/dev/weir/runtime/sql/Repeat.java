package dev.weir.runtime.sql;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a transaction again when the database rolled it back because of another one. Only for work
 * that does nothing outside its transaction: a rolled-back transaction then left no trace.
 */
public final class Repeat {
  private static final int ATTEMPTS = 4;

  private Repeat() {}

  /** {@code Repeat.onConflict(() -> database.asService("name", handle -> …))}, at most 4 times. */
  public static <T extends @Nullable Object> T onConflict(Supplier<T> transaction) {
    for (int attempt = 1; ; attempt++) {
      try {
        return transaction.get();
      } catch (RuntimeException e) {
        if (attempt == ATTEMPTS || !Failures.isRepeatable(e)) {
          throw e;
        }
      }
    }
  }
}

package dev.weir.audit.retention;

import dev.weir.runtime.http.Caller;

/** Remembers retention; a raise and its evidence leaf commit together. Thread-safe. */
public interface RetentionStore {

  Retention get(RetentionClass retained);

  /**
   * @throws dev.weir.kernel.ProblemException {@code VALIDATION_FAILED} when {@code days} is below
   *     what is in force
   */
  Retention raise(Caller caller, RetentionClass retained, int days);
}

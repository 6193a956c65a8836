package dev.weir.runtime.http;

import java.util.OptionalLong;

/**
 * How large a body may be where what it belongs to decides that, and not {@code http.maxBody}.
 * Thread-safe.
 */
@FunctionalInterface
public interface BodyLimit {
  /** No body is larger than {@code http.maxBody}. */
  BodyLimit NONE = (method, path) -> OptionalLong.empty();

  /**
   * Asked before a byte of the body is read, and only when it says that it is larger than {@code
   * http.maxBody}.
   *
   * @return in bytes; empty where {@code http.maxBody} holds
   */
  OptionalLong bytes(String method, String path);
}

package dev.weir.runtime.http;

import org.jspecify.annotations.Nullable;

/**
 * What the {@link Public} endpoints of a resource ask instead of a token. The border asks it before
 * the body is read, so that nothing of a stranger is parsed.
 */
@FunctionalInterface
public interface OwnLogin {
  /**
   * @param authorization the header's value
   * @throws dev.weir.kernel.ProblemException of type {@link
   *     dev.weir.kernel.ProblemType#UNAUTHENTICATED}
   */
  void check(@Nullable String authorization);
}

package dev.weir.runtime.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.kernel.ProblemException;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;

/**
 * Tells a body that cannot be read from an answer that cannot be written: the first is the caller's
 * mistake. Refuses empty bodies and the JSON {@code null}, so that no resource method receives
 * null.
 */
final class StrictBody implements ReaderInterceptor {

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    try {
      Object body = context.proceed();
      if (body == null) {
        throw refused(Translation.emptyBody(), null);
      }
      return body;
    } catch (JsonProcessingException e) {
      throw refused(Translation.ofBody(e), e);
    }
  }

  private static ProblemException refused(
      Problem problem, @org.jspecify.annotations.Nullable Throwable cause) {
    var refused = new ProblemException(problem.type(), problem.detail(), problem.extensions());
    if (cause != null) {
      refused.initCause(cause);
    }
    return refused;
  }
}

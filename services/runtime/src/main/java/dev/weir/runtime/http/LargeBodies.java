package dev.weir.runtime.http;

import java.util.concurrent.Semaphore;
import org.eclipse.jetty.server.Request;

/**
 * Bodies beyond {@code http.maxBody}, on paths that allow them: with a declared length, and a few
 * at a time, so that what they take of the memory is bounded whoever sends them. Thread-safe.
 */
final class LargeBodies {
  static final int AT_ONCE = 4;

  private final BodyLimit limit;
  private final Semaphore places = new Semaphore(AT_ONCE);

  LargeBodies(BodyLimit limit) {
    this.limit = limit;
  }

  /** True where a body of the declared length may come in, now or later. */
  boolean allows(Request request) {
    long most = limit.bytes(request.getMethod(), Request.getPathInContext(request)).orElse(0);
    return request.getLength() <= most;
  }

  /** Takes a place until the request is over; false while others have all of them. */
  boolean enters(Request request) {
    if (!places.tryAcquire()) {
      return false;
    }
    Request.addCompletionListener(request, failure -> places.release());
    return true;
  }
}

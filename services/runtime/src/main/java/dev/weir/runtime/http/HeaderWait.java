package dev.weir.runtime.http;

/**
 * How long a connection has kept us waiting for the rest of a request's headers. Time between
 * requests and while one runs does not count. Thread-safe.
 */
final class HeaderWait {
  private int running;
  private long bytesBefore;
  private long sinceNanos;
  private boolean waiting;

  synchronized void begins() {
    running++;
    waiting = false;
  }

  /**
   * @param bytesIn of the connection so far
   */
  synchronized void ends(long bytesIn) {
    running--;
    bytesBefore = bytesIn;
  }

  /**
   * Zero unless part of a request has come and no request runs.
   *
   * @param bytesIn of the connection so far
   */
  synchronized long waitedNanos(long bytesIn, long now) {
    if (running > 0 || bytesIn == bytesBefore) {
      waiting = false;
      return 0;
    }
    if (!waiting) {
      waiting = true;
      sinceNanos = now;
    }
    return now - sinceNanos;
  }
}

package dev.weir.runtime.http;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Lets a client send the rest of a body that nobody reads before its connection closes: a
 * connection that closes while bytes come in is reset, and the reset takes the answer with it (RFC
 * 9112, 9.6). Bounded in bytes, in time and in number; beyond that the connection closes at once.
 * Thread-safe.
 */
final class Lingering {
  private static final int AT_ONCE = 8;
  private static final long MAX_BYTES = 8 << 20;
  private static final long MAX_SECONDS = 1;

  private final Semaphore places = new Semaphore(AT_ONCE);

  /** What ends the request: it ends after the rest of its body has come. */
  Callback before(LimitedRequest request, Callback end) {
    return Callback.from(() -> linger(request, end), end::failed);
  }

  private void linger(LimitedRequest request, Callback end) {
    if (request.consumeAvailable() || !places.tryAcquire()) {
      end.succeeded();
      return;
    }
    new Rest(request.getWrapped(), Callback.from(places::release, end)).read();
  }

  /** The rest of one body. Its reads come one after another, as Jetty promises. */
  private static final class Rest {
    private final Request request;
    private final Callback end;
    private final Scheduler.Task timeout;
    private long bytes;

    Rest(Request request, Callback end) {
      this.request = request;
      this.end = end;
      var endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
      this.timeout =
          request
              .getComponents()
              .getScheduler()
              .schedule(endPoint::close, MAX_SECONDS, TimeUnit.SECONDS);
    }

    private void read() {
      while (true) {
        Content.Chunk chunk = request.read();
        if (chunk == null) {
          request.demand(this::read);
          return;
        }
        bytes += chunk.remaining();
        boolean over = chunk.isLast() || bytes > MAX_BYTES || Content.Chunk.isFailure(chunk);
        chunk.release();
        if (over) {
          timeout.cancel();
          end.succeeded();
          return;
        }
      }
    }
  }
}

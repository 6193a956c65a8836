package dev.weir.runtime.http;

import dev.weir.kernel.ProblemType;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Counts a body while it is read; a client may leave out or understate its length, or send it
 * slowly to hold a connection. Jetty's own minimum rate is off: it counts the time in which the
 * service works as the client's, so that a cold service refused small bodies. One reader at a time,
 * as Jetty promises.
 */
final class LimitedRequest extends Request.Wrapper {
  private static final int TOO_LARGE = 413;
  private static final int TOO_SLOW = 408;
  private static final int MAX_READS = 16;

  private final long limitBytes;
  private final BodyPace pace;
  private long readBytes;
  private Content.@Nullable Chunk refusal;

  LimitedRequest(Request request, long limitBytes) {
    super(request);
    this.limitBytes = limitBytes;
    this.pace = new BodyPace(System::nanoTime);
  }

  static Problem tooLarge(long limitBytes) {
    return new Problem(
        ProblemType.BODY_TOO_LARGE,
        "Send a smaller body.",
        Map.of("limitBytes", limitBytes),
        Map.of());
  }

  @Override
  public Content.@Nullable Chunk read() {
    if (refusal != null) {
      return refusal;
    }
    var chunk = super.read();
    if (chunk == null) {
      pace.waits();
      return null;
    }
    if (Content.Chunk.isFailure(chunk)) {
      return chunk.getFailure() instanceof TimeoutException
          ? refuse(chunk, new HttpException.RuntimeException(TOO_SLOW, "body stopped"))
          : chunk;
    }
    readBytes += chunk.remaining();
    pace.continues();
    if (readBytes > limitBytes) {
      return refuse(chunk, new HttpException.RuntimeException(TOO_LARGE, "body over the limit"));
    }
    return chunk.isLast() || pace.keepsUp(readBytes)
        ? chunk
        : refuse(chunk, new HttpException.RuntimeException(TOO_SLOW, "body too slow"));
  }

  /**
   * Discards what has come of the body, as Jetty's own does, but leaves it possible to wait for the
   * rest.
   */
  @Override
  public boolean consumeAvailable() {
    for (int reads = 0; reads < MAX_READS; reads++) {
      var chunk = super.read();
      if (chunk == null || Content.Chunk.isFailure(chunk)) {
        return false;
      }
      chunk.release();
      if (chunk.isLast()) {
        return true;
      }
    }
    return false;
  }

  /** The request itself does not fail: the rest of its body may still come and be discarded. */
  private Content.Chunk refuse(Content.Chunk chunk, HttpException.RuntimeException failure) {
    chunk.release();
    refusal = Content.Chunk.from(failure, true);
    return refusal;
  }
}

package dev.weir.runtime.http;

import dev.weir.kernel.ProblemType;
import java.util.Map;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Counts a body while it is read; a client may leave out or understate its length. */
final class LimitedRequest extends Request.Wrapper {
  private static final int TOO_LARGE = 413;

  private final long limitBytes;
  private long readBytes;

  LimitedRequest(Request request, long limitBytes) {
    super(request);
    this.limitBytes = limitBytes;
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
    var chunk = super.read();
    if (chunk == null || Content.Chunk.isFailure(chunk)) {
      return chunk;
    }
    readBytes += chunk.remaining();
    if (readBytes <= limitBytes) {
      return chunk;
    }
    chunk.release();
    var failure = new HttpException.RuntimeException(TOO_LARGE, "body over the limit");
    fail(failure);
    return Content.Chunk.from(failure, true);
  }
}

package dev.weir.runtime.http;

import dev.weir.kernel.ProblemType;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The outermost check of every request: gives it a correlation id, sets the security headers,
 * refuses matrix parameters, compressed bodies and bodies over the limit. Thread-safe.
 */
final class BorderHandler extends Handler.Wrapper {
  private final long maxBodyBytes;
  private final long maxUploadBytes;
  private final List<Endpoint> uploads;
  private final LargeBodies large;
  private final HeaderDeadline deadline;
  private final PartyTurn turn;
  private final Lingering lingering = new Lingering();

  BorderHandler(
      Handler next,
      long maxBodyBytes,
      long maxUploadBytes,
      List<Endpoint> uploads,
      LargeBodies large,
      HeaderDeadline deadline,
      PartyTurn turn) {
    super(next);
    this.deadline = deadline;
    this.turn = turn;
    this.maxBodyBytes = maxBodyBytes;
    this.maxUploadBytes = maxUploadBytes;
    this.uploads = List.copyOf(uploads);
    this.large = large;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Correlation.of(request);
    follow(request);
    ProblemWriter.secure(response.getHeaders());
    long limitBytes = limit(request);
    var limited = new LimitedRequest(request, limitBytes);
    var bounded = new UnreadBodyResponse(limited, response);
    var end = lingering.before(limited, callback);
    var refused = refuse(request, limitBytes).or(() -> crowded(request));
    if (refused.isPresent()) {
      ProblemWriter.write(request, bounded, end, refused.get());
      return true;
    }
    return super.handle(limited, bounded, end);
  }

  private void follow(Request request) {
    var connection = request.getConnectionMetaData().getConnection();
    deadline.begins(connection);
    Request.addCompletionListener(
        request,
        failure -> {
          turn.leave(request);
          deadline.ends(connection);
        });
  }

  private static Optional<Problem> refuse(Request request, long limitBytes) {
    String path = request.getHttpURI().getPath();
    if (path != null && path.indexOf(';') >= 0) {
      return Optional.of(
          Problem.of(ProblemType.INVALID_REQUEST, "Paths have no parameters after a semicolon."));
    }
    String encoding = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      return Optional.of(Problem.ofStatus(415));
    }
    return request.getLength() > limitBytes
        ? Optional.of(LimitedRequest.tooLarge(limitBytes))
        : Optional.empty();
  }

  private long limit(Request request) {
    if (isUpload(request)) {
      return maxUploadBytes;
    }
    return isLarge(request) && large.allows(request) ? request.getLength() : maxBodyBytes;
  }

  private boolean isLarge(Request request) {
    return request.getLength() > maxBodyBytes;
  }

  private Optional<Problem> crowded(Request request) {
    return isLarge(request) && !isUpload(request) && !large.enters(request)
        ? Optional.of(Problem.ofStatus(503))
        : Optional.empty();
  }

  private boolean isUpload(Request request) {
    String path = Request.getPathInContext(request);
    return uploads.stream()
        .anyMatch(e -> e.httpMethod().equals(request.getMethod()) && e.matches(path));
  }
}

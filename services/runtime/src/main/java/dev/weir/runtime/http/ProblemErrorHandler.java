package dev.weir.runtime.http;

import dev.weir.kernel.Bilingual.Language;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** The container's errors, outside Jersey: the same problems as everywhere. Thread-safe. */
final class ProblemErrorHandler extends ErrorHandler {
  private final Function<String, Optional<String>> allowed;

  /**
   * @param allowed the methods at a path, as the header Allow says them; empty where nothing is
   */
  ProblemErrorHandler(Function<String, Optional<String>> allowed) {
    this.allowed = allowed;
    setShowStacks(false);
    setShowCauses(false);
    setShowOrigin(false);
  }

  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    var problem = cause == null ? Problem.ofStatus(code) : translated(code, cause);
    if (cause != null) {
      Faults.log(problem.type(), Correlation.of(request), cause);
    }
    boolean unnamed = !response.getHeaders().contains(HttpHeader.ALLOW);
    ProblemWriter.write(
        request,
        response,
        callback,
        problem.type().status() == 405 && unnamed ? notAllowed(request, problem) : problem);
  }

  /** Where nothing is, no method is wanting. */
  private Problem notAllowed(Request request, Problem problem) {
    return allowed
        .apply(Request.getPathInContext(request))
        .map(methods -> problem.withHeader(HttpHeader.ALLOW.asString(), methods))
        .orElseGet(() -> Problem.ofStatus(404));
  }

  /** For what is no request at all; Jetty names no successor of this method yet. */
  @Override
  @SuppressWarnings("removal")
  public ByteBuffer badMessageError(
      int status, @Nullable String reason, HttpFields.Mutable headers) {
    var problem = Problem.ofStatus(status);
    ProblemWriter.secure(headers);
    headers.put(new HttpField(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE));
    return ByteBuffer.wrap(problem.json(Language.EN, UUID.randomUUID().toString()));
  }

  private static Problem translated(int code, Throwable cause) {
    var problem = Translation.of(cause);
    return problem.type().status() >= 500 ? Problem.ofStatus(code) : problem;
  }
}

package dev.weir.runtime.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Writes problems and the security headers where no servlet is reached. */
final class ProblemWriter {
  private static final HttpFields SECURITY_HEADERS =
      HttpFields.build()
          .put("Cache-Control", "no-store")
          .put("X-Content-Type-Options", "nosniff")
          .put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
          .put("Referrer-Policy", "no-referrer")
          .put("Cross-Origin-Resource-Policy", "same-origin")
          .put("Permissions-Policy", "geolocation=(), camera=(), microphone=()")
          .put("Strict-Transport-Security", "max-age=31536000")
          .asImmutable();

  private ProblemWriter() {}

  static void secure(HttpFields.Mutable headers) {
    for (HttpField field : SECURITY_HEADERS) {
      headers.put(field);
    }
  }

  static void write(Request request, Response response, Callback callback, Problem problem) {
    String accepted = request.getHeaders().get(HttpHeader.ACCEPT_LANGUAGE);
    var language = Details.asked(accepted == null ? "" : accepted);
    byte[] body = problem.json(language, Correlation.of(request));
    response.setStatus(problem.type().status());
    var headers = response.getHeaders();
    headers.remove(HttpHeader.CONTENT_LENGTH);
    secure(headers);
    headers.put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
    problem.headers().forEach(headers::put);
    response.write(true, ByteBuffer.wrap(body), callback);
  }
}

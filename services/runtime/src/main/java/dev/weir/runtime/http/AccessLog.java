package dev.weir.runtime.http;

import dev.weir.runtime.metrics.PrometheusMetrics;
import io.dropwizard.request.logging.RequestLogFactory;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.NanoTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line per request: the endpoint's template, never the path, query, headers or caller. */
final class AccessLog implements RequestLogFactory<RequestLog>, RequestLog {
  private static final Logger log = LoggerFactory.getLogger("dev.weir.access");

  private final PrometheusMetrics metrics;

  AccessLog(PrometheusMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public boolean isEnabled() {
    return true;
  }

  @Override
  public RequestLog build(String name) {
    return this;
  }

  @Override
  public void log(Request request, Response response) {
    String method = known(request.getMethod());
    String route = Correlation.route(request);
    long nanos = NanoTime.since(request.getBeginNanoTime());
    metrics.request(method, route, response.getStatus(), nanos);
    log.info(
        "request method={} route={} status={} millis={} bytes={} instance={}",
        method,
        route,
        response.getStatus(),
        TimeUnit.NANOSECONDS.toMillis(nanos),
        Response.getContentBytesWritten(response),
        Correlation.of(request));
  }

  /** A method is free text on the wire. */
  private static String known(String method) {
    return switch (method) {
      case "GET", "HEAD", "POST", "PUT", "DELETE" -> method;
      default -> "other";
    };
  }
}

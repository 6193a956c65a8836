package dev.weir.runtime.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.UUID;
import org.eclipse.jetty.server.Request;

/** The id that a request's problem and log lines share; chosen by us, never taken from outside. */
final class Correlation {
  private static final String ATTRIBUTE = "weir.correlation";
  private static final String ROUTE = "weir.route";

  private Correlation() {}

  static String of(Request request) {
    if (request.getAttribute(ATTRIBUTE) instanceof String known) {
      return known;
    }
    String id = UUID.randomUUID().toString();
    request.setAttribute(ATTRIBUTE, id);
    return id;
  }

  static String of(ContainerRequestContext request) {
    if (request.getProperty(ATTRIBUTE) instanceof String known) {
      return known;
    }
    String id = UUID.randomUUID().toString();
    request.setProperty(ATTRIBUTE, id);
    return id;
  }

  /** Remembers the template of the endpoint, for the access log: the path itself may hold data. */
  static void route(ContainerRequestContext request, String template) {
    request.setProperty(ROUTE, template);
  }

  static String route(Request request) {
    return request.getAttribute(ROUTE) instanceof String template ? template : "-";
  }
}

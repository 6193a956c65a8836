package dev.weir.runtime.http;

import java.net.URI;
import java.util.List;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * A started service; closing it stops it gracefully, in reverse order of its parts. Thread-safe.
 */
public final class RunningService implements AutoCloseable {
  private final Server server;
  private final List<Endpoint> endpoints;

  RunningService(Server server, List<Endpoint> endpoints) {
    this.server = server;
    this.endpoints = List.copyOf(endpoints);
  }

  /** Every endpoint that the service answers at. */
  public List<Endpoint> endpoints() {
    return endpoints;
  }

  /** Base of the API, such as {@code http://127.0.0.1:8081}. */
  public URI api() {
    return uri(0);
  }

  /** Base of the admin port, with {@code /health} and {@code /metrics}. */
  public URI admin() {
    return uri(1);
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the service did not stop cleanly", e);
    }
  }

  private URI uri(int index) {
    var connector = (ServerConnector) server.getConnectors()[index];
    return URI.create("http://%s:%d".formatted(connector.getHost(), connector.getLocalPort()));
  }
}

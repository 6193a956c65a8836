package dev.weir.runtime.http;

import com.codahale.metrics.health.HealthCheck;
import com.codahale.metrics.health.HealthCheckRegistry;
import dev.weir.runtime.json.Json;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names and states, no detail: {@code {"healthy":true,"checks":{"database":true}}}; 503 when not.
 */
final class HealthServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient HealthCheckRegistry checks;

  HealthServlet(HealthCheckRegistry checks) {
    this.checks = checks;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var states = new TreeMap<String, Boolean>();
    for (Map.Entry<String, HealthCheck.Result> check : checks.runHealthChecks().entrySet()) {
      states.put(check.getKey(), check.getValue().isHealthy());
    }
    boolean healthy = !states.containsValue(false);
    response.setStatus(healthy ? 200 : 503);
    response.setContentType("application/json");
    response
        .getOutputStream()
        .write(Json.mapper().writeValueAsBytes(Map.of("healthy", healthy, "checks", states)));
  }
}

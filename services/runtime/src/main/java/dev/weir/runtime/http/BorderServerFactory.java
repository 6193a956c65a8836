package dev.weir.runtime.http;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.health.HealthCheckRegistry;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.runtime.config.HttpConfiguration;
import dev.weir.runtime.metrics.PrometheusMetrics;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.setup.AdminEnvironment;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import io.dropwizard.jetty.ConnectorFactory;
import io.dropwizard.jetty.GzipHandlerFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.dropwizard.jetty.MutableServletContextHandler;
import io.dropwizard.util.DataSize;
import io.dropwizard.util.Duration;
import jakarta.servlet.Servlet;
import jakarta.validation.Validator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.QoSHandler;
import org.jspecify.annotations.Nullable;

/**
 * Dropwizard's server with its defaults replaced where they are unsafe: no gzip, slow clients cut
 * off, requests bounded by a queue, an admin port on loopback that shows health and metrics only.
 */
final class BorderServerFactory extends DefaultServerFactory {
  private static final DataSize MIN_BYTES_PER_SECOND = DataSize.kibibytes(1);
  private static final int SPARE_THREADS = 64; // to queue and refuse while all others are busy
  private static final DataSize MAX_HEADERS = DataSize.kibibytes(8);
  private static final java.time.Duration MAX_WAIT = java.time.Duration.ofSeconds(10);
  private static final String HEALTH = "/health";
  private static final String METRICS = "/metrics";
  private static final String OF_SERVLETS = "GET, HEAD, OPTIONS, TRACE";

  private final HttpConfiguration http;
  private final List<Endpoint> uploads;
  private final AllowedMethods allowed;
  private final BodyLimit limit;
  private final PrometheusMetrics figures;
  private final PartyTurn turn;
  private final Consumer<Server> built;

  BorderServerFactory(
      HttpConfiguration http,
      List<Endpoint> endpoints,
      BodyLimit limit,
      PrometheusMetrics figures,
      PartyTurn turn,
      Consumer<Server> built) {
    this.http = http;
    this.turn = turn;
    this.figures = figures;
    this.uploads =
        endpoints.stream()
            .filter(e -> e.method().isAnnotationPresent(StreamedUpload.class))
            .toList();
    this.allowed = new AllowedMethods(endpoints);
    this.limit = limit;
    this.built = built;
    var noGzip = new GzipHandlerFactory();
    noGzip.setEnabled(false);
    setGzipFilterFactory(noGzip);
    setRequestLogFactory(new AccessLog(figures));
    setAllowedMethods(Set.of("GET", "HEAD", "POST", "PUT", "DELETE"));
    setRegisterDefaultExceptionMappers(false);
    setEnableThreadNameFilter(false);
    setEnableVirtualThreads(true);
    setMaxThreads(http.maxThreads() + SPARE_THREADS);
    setMinThreads(2);
    setAdminMaxThreads(8);
    setShutdownGracePeriod(Duration.milliseconds(http.gracePeriod().toMillis()));
    setApplicationConnectors(List.of(connector(http.host(), http.port())));
    setAdminConnectors(List.of(connector("127.0.0.1", http.adminPort())));
  }

  @Override
  public Server build(Environment environment) {
    environment.getApplicationContext().setErrorHandler(new ProblemErrorHandler(allowed::at));
    environment
        .getAdminContext()
        .setErrorHandler(new ProblemErrorHandler(BorderServerFactory::allowedToAdmin));
    Server server = super.build(environment);
    server.setErrorHandler(new ProblemErrorHandler(allowed::at));
    var deadline = new HeaderDeadline(server.getScheduler(), System::nanoTime);
    server.addBean(deadline);
    for (Connector connector : server.getConnectors()) {
      connector.addEventListener(deadline);
    }
    server.setHandler(
        new BorderHandler(
            server.getHandler(),
            http.maxBody().toBytes(),
            http.maxUpload().toBytes(),
            uploads,
            new LargeBodies(limit),
            deadline,
            turn));
    built.accept(server);
    return server;
  }

  @Override
  protected Handler createAppServlet(
      Server server,
      JerseyEnvironment jersey,
      ObjectMapper objectMapper,
      Validator validator,
      MutableServletContextHandler handler,
      @Nullable Servlet jerseyContainer,
      MetricRegistry metrics) {
    var overload =
        new QoSHandler(
            super.createAppServlet(
                server, jersey, objectMapper, validator, handler, jerseyContainer, metrics));
    overload.setMaxRequestCount(http.maxThreads());
    overload.setMaxSuspendedRequestCount(http.maxQueued());
    overload.setMaxSuspend(MAX_WAIT);
    return overload;
  }

  @Override
  protected Handler createAdminServlet(
      Server server,
      MutableServletContextHandler handler,
      MetricRegistry metrics,
      HealthCheckRegistry healthChecks,
      AdminEnvironment admin) {
    handler.setServer(server);
    handler
        .getServletHandler()
        .setServletMappings(new org.eclipse.jetty.ee10.servlet.ServletMapping[0]);
    handler.addServlet(new ServletHolder("health", new HealthServlet(healthChecks)), HEALTH);
    handler.addServlet(new ServletHolder("metrics", figures.servlet()), METRICS);
    return handler;
  }

  private static Optional<String> allowedToAdmin(String path) {
    return path.equals(HEALTH) || path.equals(METRICS)
        ? Optional.of(OF_SERVLETS)
        : Optional.empty();
  }

  private static ConnectorFactory connector(String host, int port) {
    var connector = new HttpConnectorFactory();
    connector.setBindHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(Duration.seconds(15));
    connector.setMaxRequestHeaderSize(MAX_HEADERS);
    connector.setMinResponseDataPerSecond(MIN_BYTES_PER_SECOND);
    connector.setAcceptorThreads(Optional.of(1));
    connector.setSelectorThreads(Optional.of(1));
    connector.setAcceptQueueSize(256);
    return connector;
  }
}

package dev.weir.runtime.http;

import dev.weir.policy.bundle.BundleKeys;
import dev.weir.policy.bundle.PolicyBundle;
import dev.weir.runtime.auth.BearerTokens;
import dev.weir.runtime.config.StrictConfiguration;
import dev.weir.runtime.config.WeirConfiguration;
import dev.weir.runtime.json.Json;
import io.dropwizard.auth.AuthValueFactoryProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.glassfish.jersey.server.ServerProperties;
import org.jspecify.annotations.Nullable;

/**
 * A service: installs the border first (strict JSON, problem details, tokens, default deny, limits,
 * headers), then lets the service list its parts. Several may run in one JVM.
 */
public abstract class WeirApplication<C extends WeirConfiguration> extends Application<C> {
  private final AtomicReference<@Nullable RunningService> running = new AtomicReference<>();

  /** Lists every resource, topology and driver of the service by hand. */
  protected abstract void run(C configuration, ServiceEnvironment service) throws Exception;

  /** The clock of the service; tests put their own here. */
  protected InstantSource clock() {
    return Clock.systemUTC();
  }

  /**
   * Starts the service from its YAML file and returns once it answers.
   *
   * @throws IllegalStateException when it does not start; the cause says why
   */
  public final RunningService start(Path yaml) {
    return started("server", yaml.toString());
  }

  @Override
  public void initialize(Bootstrap<C> bootstrap) {
    bootstrap.setObjectMapper(Json.newMapper());
    bootstrap.setConfigurationFactoryFactory(new StrictConfiguration<>());
  }

  @Override
  public final void run(C configuration, Environment environment) throws Exception {
    var bundle =
        configuration
            .bundle()
            .map(path -> PolicyBundle.load(path, BundleKeys.read(configuration.bundleKey())))
            .orElseGet(PolicyBundle::load);
    var policy = new BundlePolicy(bundle);
    var service =
        new ServiceEnvironment(configuration, environment, policy, clock(), new SecureRandom());
    var turn =
        new PartyTurn(
            new PartyGate(configuration.http().party(), System::nanoTime), service.metrics());
    var tokens = BearerTokens.of(configuration.auth(), clock());
    installBorder(environment.jersey(), new BorderFilter(tokens, policy, turn, service.logins()));
    service.resource(new OpenApiResource(configuration.serviceName()));
    run(configuration, service);
    List<Endpoint> endpoints = Endpoint.of(environment.jersey().getResourceConfig());
    configuration.setServerFactory(
        new BorderServerFactory(
            configuration.http(),
            endpoints,
            service.bodyLimit(),
            service.figures(),
            turn,
            server -> running.set(new RunningService(server, endpoints))));
  }

  /** Fails instead of ending the JVM: other services may run in it. */
  @Override
  protected void onFatalError(Throwable cause) {
    throw new IllegalStateException(getName() + " did not start", cause);
  }

  private RunningService started(String... arguments) {
    try {
      run(arguments);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(getName() + " did not start", e);
    }
    RunningService service = running.get();
    if (service == null) {
      throw new IllegalStateException(getName() + " did not start");
    }
    return service;
  }

  private static void installBorder(JerseyEnvironment jersey, BorderFilter border) {
    jersey.property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true);
    jersey.property(ServerProperties.PROCESSING_RESPONSE_ERRORS_ENABLED, true);
    jersey.property(ServerProperties.WADL_FEATURE_DISABLE, true);
    // A Location stays the path it is: made absolute, it would name whatever host the caller named.
    jersey.property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true);
    jersey.register(new CorrelationFilter());
    jersey.register(border);
    jersey.register(new NamedParameters());
    jersey.register(new IdempotencyHeader());
    jersey.register(new StrictBody());
    jersey.register(new DomainParameters());
    jersey.register(new AuthValueFactoryProvider.Binder<>(Caller.class));
    jersey.register(ProblemMapper.Any.class);
    jersey.register(ProblemMapper.OfJaxRs.class);
    jersey.register(ProblemMapper.OfValidation.class);
    jersey.register(ProblemMapper.OfViolation.class);
    jersey.register(ProblemMapper.OfJson.class);
  }
}

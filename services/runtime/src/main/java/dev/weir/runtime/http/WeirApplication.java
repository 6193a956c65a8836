package dev.weir.runtime.http;

import dev.weir.runtime.config.WeirConfiguration;
import dev.weir.runtime.json.Json;
import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;

/**
 * A service: installs the border first (strict JSON, problem details, tokens, default deny, limits,
 * headers), then lets the service list its parts. Several may run in one JVM.
 */
public abstract class WeirApplication<C extends WeirConfiguration> extends Application<C> {

  /** Lists every resource, topology and driver of the service by hand. */
  protected abstract void run(C configuration, ServiceEnvironment service) throws Exception;

  /** The clock of the service; tests put their own here. */
  protected InstantSource clock() {
    return Clock.systemUTC();
  }

  /** What the bundle allows at the border. */
  protected ServicePolicy policy(C configuration) {
    throw new IllegalStateException("no policy bundle for " + configuration.serviceName());
  }

  @Override
  public void initialize(Bootstrap<C> bootstrap) {
    bootstrap.setObjectMapper(Json.mapper());
  }

  @Override
  public final void run(C configuration, Environment environment) throws Exception {
    var service =
        new ServiceEnvironment(
            configuration.serviceName(),
            environment,
            policy(configuration),
            clock(),
            new SecureRandom());
    run(configuration, service);
  }
}

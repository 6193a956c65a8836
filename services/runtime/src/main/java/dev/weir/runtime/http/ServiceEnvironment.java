package dev.weir.runtime.http;

import com.codahale.metrics.health.HealthCheck;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.Managed;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * What a service is built from; handed to {@link WeirApplication}'s {@code run}. Confined to it.
 */
public final class ServiceEnvironment {
  private final String serviceName;
  private final Environment dropwizard;
  private final ServicePolicy policy;
  private final InstantSource clock;
  private final SecureRandom random;

  ServiceEnvironment(
      String serviceName,
      Environment dropwizard,
      ServicePolicy policy,
      InstantSource clock,
      SecureRandom random) {
    this.serviceName = serviceName;
    this.dropwizard = dropwizard;
    this.policy = policy;
    this.clock = clock;
    this.random = random;
  }

  /** Adds endpoints; each method of the resource names its operation or says why it is public. */
  public void resource(Object jaxRsResource) {
    dropwizard.jersey().register(jaxRsResource);
  }

  /** Starts with the service, stops in reverse order. */
  public void manage(Managed managed) {
    dropwizard.lifecycle().manage(managed);
  }

  /** A named part of the health answer on the admin port. */
  public void health(String name, Supplier<Boolean> healthy) {
    dropwizard
        .healthChecks()
        .register(
            name,
            new HealthCheck() {
              @Override
              protected Result check() {
                return healthy.get() ? Result.healthy() : Result.unhealthy("down");
              }
            });
  }

  public ServicePolicy policy() {
    return policy;
  }

  public InstantSource clock() {
    return clock;
  }

  public SecureRandom random() {
    return random;
  }

  public String serviceName() {
    return serviceName;
  }

  /** For what this class does not offer; nothing that weakens the border. */
  public Environment dropwizard() {
    return dropwizard;
  }
}

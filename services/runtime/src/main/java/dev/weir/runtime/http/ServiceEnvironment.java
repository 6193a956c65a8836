package dev.weir.runtime.http;

import com.codahale.metrics.health.HealthCheck;
import dev.weir.policy.bundle.PolicyBundle;
import dev.weir.runtime.config.WeirConfiguration;
import dev.weir.runtime.evidence.EvidenceLog;
import dev.weir.runtime.kafka.KafkaAccess;
import dev.weir.runtime.kafka.KafkaClients;
import dev.weir.runtime.kafka.SchemaIds;
import dev.weir.runtime.metrics.PrometheusMetrics;
import dev.weir.runtime.outbox.Outbox;
import dev.weir.runtime.sql.Database;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.Managed;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What a service is built from; handed to {@link WeirApplication}'s {@code run}. Confined to it.
 */
public final class ServiceEnvironment {
  private final WeirConfiguration configuration;
  private final Environment dropwizard;
  private final BundlePolicy policy;
  private final InstantSource clock;
  private final SecureRandom random;
  private final PrometheusMetrics figures;
  private final ServiceParts parts;
  private final Map<Class<?>, OwnLogin> logins = new ConcurrentHashMap<>();
  private BodyLimit bodyLimit = BodyLimit.NONE;

  ServiceEnvironment(
      WeirConfiguration configuration,
      Environment dropwizard,
      BundlePolicy policy,
      InstantSource clock,
      SecureRandom random) {
    this.configuration = configuration;
    this.dropwizard = dropwizard;
    this.policy = policy;
    this.clock = clock;
    this.random = random;
    this.parts = new ServiceParts(configuration, this);
    this.figures = new PrometheusMetrics(dropwizard.metrics());
  }

  /** Adds endpoints; each method of the resource names its operation or says why it is public. */
  public void resource(Object jaxRsResource) {
    dropwizard.jersey().register(jaxRsResource);
  }

  /** Adds endpoints that are {@link Public} and ask a login of their own. */
  public void resource(Object jaxRsResource, OwnLogin login) {
    logins.put(jaxRsResource.getClass(), login);
    resource(jaxRsResource);
  }

  Map<Class<?>, OwnLogin> logins() {
    return logins;
  }

  /** Lets larger bodies in than {@code http.maxBody} where the limit says so. */
  public void bodyLimit(BodyLimit limit) {
    bodyLimit = limit;
  }

  BodyLimit bodyLimit() {
    return bodyLimit;
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

  /** The service's schema, migrated; opened on the first call. */
  public Database database() {
    return parts.database();
  }

  /**
   * As {@link #database()}, for services that share their migrations; call it first.
   *
   * @param folder migrations in {@code classpath:db/<folder>}
   */
  public Database database(String folder) {
    return parts.database(folder);
  }

  /** Kafka as the service's user, with schema ids from the registry. */
  public KafkaClients kafka() {
    return parts.kafka();
  }

  /** As {@link #kafka()}, for the service that holds the registry itself; call it first. */
  public KafkaClients kafka(SchemaIds own) {
    return parts.kafka(login -> own);
  }

  /** Where the brokers are and as whom the service speaks to them. */
  public KafkaAccess broker() {
    return parts.broker();
  }

  /** The service's outbox; its relay starts and stops with the service. */
  public Outbox outbox() {
    return parts.outbox();
  }

  public EvidenceLog evidence() {
    return parts.evidence();
  }

  public ServicePolicy policy() {
    return policy;
  }

  /** The whole bundle that {@link #policy} speaks for. */
  public PolicyBundle bundle() {
    return policy.bundle();
  }

  public InstantSource clock() {
    return clock;
  }

  public SecureRandom random() {
    return random;
  }

  /** Where the service registers counters and gauges of its own. */
  public PrometheusRegistry metrics() {
    return figures.registry();
  }

  PrometheusMetrics figures() {
    return figures;
  }

  public String serviceName() {
    return configuration.serviceName();
  }

  /** For what this class does not offer; nothing that weakens the border. */
  public Environment dropwizard() {
    return dropwizard;
  }
}

package dev.weir.runtime.config;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.core.Configuration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What every service is told at start; a service with more to say extends it. Read from YAML,
 * unknown keys are errors. The server is made by the border alone, from {@code http}, and the log's
 * layout is fixed, so that no file can undo a limit or let data into a log. Not changed after
 * start.
 */
@JsonIgnoreProperties({"server", "admin", "health", "logging", "metrics"})
public class WeirConfiguration extends Configuration {
  @JsonProperty
  @NotNull
  @Pattern(regexp = "[a-z][a-z0-9-]{1,30}")
  private @Nullable String serviceName;

  @JsonProperty @NotNull @Valid private HttpConfiguration http = HttpConfiguration.on(0, 0);
  @JsonProperty @NotNull @Valid private @Nullable AuthConfiguration auth;
  @JsonProperty @Valid private @Nullable DatabaseConfiguration database;
  @JsonProperty @Valid private @Nullable KafkaConfiguration kafka;
  @JsonProperty private @Nullable Path bundle;
  @JsonProperty private @Nullable Path bundleKey;

  /** Logs go to standard output as JSON lines. */
  public WeirConfiguration() {
    setLoggingFactory(JsonLogging.toStandardOutput());
  }

  public final String serviceName() {
    return required(serviceName, "serviceName");
  }

  public final HttpConfiguration http() {
    return http;
  }

  public final AuthConfiguration auth() {
    return required(auth, "auth");
  }

  public final DatabaseConfiguration database() {
    return required(database, "database");
  }

  public final KafkaConfiguration kafka() {
    return required(kafka, "kafka");
  }

  /** A policy bundle to use in place of the one that the build carries. */
  @JsonIgnore
  public final Optional<Path> bundle() {
    return Optional.ofNullable(bundle);
  }

  /** The Ed25519 public key in PEM that {@link #bundle} is signed with; required beside it. */
  @JsonIgnore
  public final Path bundleKey() {
    return required(bundleKey, "bundleKey");
  }

  public final void setServiceName(String serviceName) {
    this.serviceName = serviceName;
  }

  public final void setHttp(HttpConfiguration http) {
    this.http = http;
  }

  public final void setAuth(AuthConfiguration auth) {
    this.auth = auth;
  }

  public final void setDatabase(DatabaseConfiguration database) {
    this.database = database;
  }

  public final void setKafka(KafkaConfiguration kafka) {
    this.kafka = kafka;
  }

  public final void setBundle(Path bundle, Path bundleKey) {
    this.bundle = bundle;
    this.bundleKey = bundleKey;
  }

  private static <T> T required(@Nullable T value, String key) {
    if (value == null) {
      throw new IllegalStateException("the configuration lacks the key " + key);
    }
    return value;
  }
}

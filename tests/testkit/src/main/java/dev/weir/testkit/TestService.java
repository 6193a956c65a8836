package dev.weir.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.runtime.config.WeirConfiguration;
import dev.weir.runtime.http.RunningService;
import dev.weir.runtime.http.WeirApplication;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A service started in this JVM, as its configuration file would start it, that believes a {@link
 * LocalIssuer}. Close it before the issuer.
 */
public final class TestService implements AutoCloseable {
  private final RunningService running;
  private final LocalIssuer issuer;

  private TestService(RunningService running, LocalIssuer issuer) {
    this.running = running;
    this.issuer = issuer;
  }

  /**
   * Starts on free ports.
   *
   * @param configuration keys beside {@code serviceName}, {@code http} and {@code auth}; one of
   *     these replaces ours
   */
  public static TestService start(
      WeirApplication<? extends WeirConfiguration> application,
      String serviceName,
      LocalIssuer issuer,
      Map<String, ?> configuration) {
    return new TestService(
        application.start(configuration(serviceName, issuer, configuration)), issuer);
  }

  /** The configuration file of {@link #start}, for a service in a process of its own. */
  public static Path configuration(
      String serviceName, LocalIssuer issuer, Map<String, ?> configuration) {
    var keys = new LinkedHashMap<String, Object>();
    keys.put("serviceName", serviceName);
    keys.put("http", Map.of("port", 0, "adminPort", 0));
    keys.put(
        "auth",
        Map.of("issuer", issuer.issuer(), "jwksUri", issuer.configuration().jwksUri().toString()));
    keys.putAll(configuration);
    return write(keys);
  }

  public ApiClient as(Account account) {
    return anonymous().with(issuer.token(account));
  }

  public ApiClient anonymous() {
    return new ApiClient(running.api(), Optional.empty());
  }

  /** The admin port: health and metrics. */
  public ApiClient admin() {
    return new ApiClient(running.admin(), Optional.empty());
  }

  public RunningService running() {
    return running;
  }

  @Override
  public void close() {
    running.close();
  }

  /** JSON is YAML. */
  private static Path write(Map<String, Object> keys) {
    try {
      var file = Files.createTempFile("weir-test-", ".yaml");
      file.toFile().deleteOnExit();
      return Files.write(file, Json.mapper().writeValueAsBytes(keys));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the configuration has no JSON form", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.weir.space.registry;

import dev.weir.runtime.json.Json;
import dev.weir.runtime.kafka.KafkaAccess;
import dev.weir.runtime.kafka.KafkaClients;
import dev.weir.runtime.kafka.SchemaIds;
import dev.weir.runtime.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.AuthenticationException;

/**
 * Checks a login by logging in at the broker with it. A right one is remembered for ten minutes and
 * a wrong one for ten seconds, by digest; two at a time are tried, so that guessing is slow.
 * Thread-safe.
 */
public final class KafkaBrokerLogin implements RegistryLogin.BrokerLogin {
  private static final Duration REMEMBER_RIGHT = Duration.ofMinutes(10);
  private static final Duration REMEMBER_WRONG = Duration.ofSeconds(10);
  private static final int MAX_REMEMBERED = 1_000;
  private static final int WAIT_SECONDS = 5;

  private final KafkaAccess broker;
  private final SchemaIds schemaIds;
  private final InstantSource clock;
  private final Map<String, Seen> seen = new ConcurrentHashMap<>();
  private final Semaphore attempts = new Semaphore(2);

  /**
   * @param broker where it is; its login is not used
   */
  public KafkaBrokerLogin(KafkaAccess broker, SchemaIds schemaIds, InstantSource clock) {
    this.broker = broker;
    this.schemaIds = schemaIds;
    this.clock = clock;
  }

  private record Seen(boolean right, Instant until) {}

  @Override
  public boolean accepts(String username, String password) {
    String digest = Json.sha256Hex((username + '\0' + password).getBytes(StandardCharsets.UTF_8));
    var known = seen.get(digest);
    if (known != null && clock.instant().isBefore(known.until())) {
      return known.right();
    }
    boolean right = tryOne(username, password);
    if (seen.size() >= MAX_REMEMBERED) {
      seen.clear();
    }
    seen.put(
        digest, new Seen(right, clock.instant().plus(right ? REMEMBER_RIGHT : REMEMBER_WRONG)));
    return right;
  }

  private boolean tryOne(String username, String password) {
    try {
      if (!attempts.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw away(new TimeoutException("too many logins at once"));
      }
      try {
        return login(username, password);
      } finally {
        attempts.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw away(e);
    }
  }

  private boolean login(String username, String password) throws InterruptedException {
    var access = broker.as(username, Secret.of(password));
    try (var admin = new KafkaClients(access, schemaIds).admin()) {
      admin.describeCluster().clusterId().get(WAIT_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthenticationException) {
        return false;
      }
      throw away(e);
    } catch (TimeoutException e) {
      throw away(e);
    }
  }

  private static RuntimeException away(Exception cause) {
    var problem =
        new dev.weir.kernel.ProblemException(
            dev.weir.kernel.ProblemType.UNAVAILABLE, "The broker does not answer; try again.");
    problem.initCause(cause);
    return problem;
  }
}

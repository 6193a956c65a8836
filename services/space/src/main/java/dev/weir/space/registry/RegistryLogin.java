package dev.weir.space.registry;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.runtime.kafka.TopicCatalogue;
import dev.weir.runtime.kafka.TopicDefinition;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks the registry: a service, with the login it has at the broker (basic authentication). The
 * broker itself says whether the login is right, so that there is no second list of passwords.
 * Thread-safe.
 */
public final class RegistryLogin {
  private static final String SUFFIX = "-value";
  private static final Set<String> SERVICES =
      Set.of("space", "intake", "query", "audit", "leader", "helper", "custodian", "admin");

  private final BrokerLogin broker;
  private final TopicCatalogue topics;

  public RegistryLogin(BrokerLogin broker, TopicCatalogue topics) {
    this.broker = broker;
    this.topics = topics;
  }

  /** Asks the broker. */
  @FunctionalInterface
  public interface BrokerLogin {
    boolean accepts(String username, String password);
  }

  /**
   * @param authorization the header's value
   * @return the service's name
   * @throws ProblemException of type {@link ProblemType#UNAUTHENTICATED}
   */
  public String service(@Nullable String authorization) {
    String pair = decode(authorization);
    int colon = pair.indexOf(':');
    if (colon <= 0) {
      throw unauthenticated();
    }
    String username = pair.substring(0, colon);
    if (!SERVICES.contains(username) || !broker.accepts(username, pair.substring(colon + 1))) {
      throw unauthenticated();
    }
    return username;
  }

  /**
   * A service registers schemas of the topics it writes or owns, as the catalogue says.
   *
   * @throws ProblemException of type {@link ProblemType#FORBIDDEN}
   */
  void requireWriter(String service, String subject) {
    boolean writes =
        subject.endsWith(SUFFIX)
            && topics
                .definitionOf(subject.substring(0, subject.length() - SUFFIX.length()))
                .filter(topic -> mayWrite(topic, service))
                .isPresent();
    if (!writes) {
      throw new ProblemException(
          ProblemType.FORBIDDEN,
          "A service registers schemas for the values of topics that it may write.");
    }
  }

  private static boolean mayWrite(TopicDefinition topic, String service) {
    return topic.owner().equals(service) || topic.writers().contains(service);
  }

  private static String decode(@Nullable String authorization) {
    if (authorization == null || !authorization.startsWith("Basic ")) {
      throw unauthenticated();
    }
    try {
      byte[] pair = Base64.getDecoder().decode(authorization.substring("Basic ".length()).strip());
      return new String(pair, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw unauthenticated();
    }
  }

  private static ProblemException unauthenticated() {
    return new ProblemException(
        ProblemType.UNAUTHENTICATED, "The registry is asked with a service's broker login.");
  }
}

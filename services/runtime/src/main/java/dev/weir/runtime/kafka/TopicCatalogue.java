package dev.weir.runtime.kafka;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.weir.kernel.DomainId;
import dev.weir.kernel.ResourceId;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Every topic there is, from {@code schemas/registry/topics.json}: the source of what the embedded
 * broker creates, of the access rules, and of {@code deploy/kafka/topics.yaml}. Immutable.
 */
public final class TopicCatalogue {
  /**
   * Header of a message in a record topic: the run that wrote it, 16 bytes. A run that was
   * cancelled leaves records of a version number that a later run seals.
   */
  public static final String RUN_HEADER = "weir-run";

  private static final String RESOURCE = "/dev/weir/schemas/registry/topics.json";

  private final List<TopicDefinition> topics;

  private TopicCatalogue(List<TopicDefinition> topics) {
    this.topics = List.copyOf(topics);
  }

  public static TopicCatalogue load() {
    try (var json = TopicCatalogue.class.getResourceAsStream(RESOURCE)) {
      if (json == null) {
        throw new IllegalStateException("no topic catalogue on the classpath");
      }
      return new TopicCatalogue(
          Json.mapper().readValue(json, new TypeReference<List<TopicDefinition>>() {}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<TopicDefinition> topics() {
    return topics;
  }

  /** Every login that some topic names, sorted: what a broker needs passwords for. */
  public List<String> principals() {
    return TopicAccess.services(topics).stream().toList();
  }

  /** Where the records of a resource are. */
  public static String records(ResourceId resource) {
    return "resource." + resource + ".records";
  }

  /** Where the poison records of an operation domain are. */
  public static String deadLetters(DomainId domain) {
    return "domain." + domain + ".dead-letters";
  }

  public Optional<TopicDefinition> definitionOf(String topic) {
    return topics.stream().filter(definition -> definition.names(topic)).findFirst();
  }

  /** Creates every topic with a fixed name; existing ones are left as they are. */
  public void ensureTopics(Admin admin) {
    create(admin, topics.stream().filter(topic -> !topic.isPattern()).toList());
  }

  /** As {@link #ensureTopics(Admin)}, for the topics that a service owns. */
  public void ensureTopics(Admin admin, String owner) {
    create(admin, topics.stream().filter(t -> !t.isPattern() && t.owner().equals(owner)).toList());
  }

  /**
   * Creates one topic of a pattern, such as {@code resource.<id>.records}; an existing one is left.
   *
   * @throws IllegalArgumentException when the catalogue knows no such topic
   */
  public void ensureTopic(Admin admin, String topic) {
    var definition =
        definitionOf(topic)
            .orElseThrow(() -> new IllegalArgumentException("not in the catalogue: " + topic));
    await(admin, List.of(newTopic(topic, definition)));
  }

  /** Who may do what, for every service; to be set on a broker that denies everything else. */
  public List<AclBinding> aclBindings() {
    return TopicAccess.bindings(topics);
  }

  /**
   * Creates the rules that the broker lacks, and returns when it goes by all of them.
   *
   * @throws KafkaException when that takes a minute
   */
  public void ensureAccess(Admin admin) {
    TopicAccess.ensure(admin, aclBindings());
  }

  /**
   * Raises the limits of topics that an older version made to what the catalogue says; larger ones
   * are left. So is how the broker compresses them. Only an administrator may: no service has the
   * right to change a topic.
   */
  public void ensureLimits(Admin admin) {
    TopicLimits.raise(admin, this);
  }

  /**
   * How many bytes a message may have, by topic: of those a service owns that have messages beyond
   * the broker's own limit, as they are now.
   *
   * @throws KafkaException when the broker does not say
   */
  public Map<String, Integer> limits(Admin admin, String owner) {
    return TopicLimits.held(admin, this, definition -> definition.owner().equals(owner));
  }

  /**
   * How long a message stays, by topic: of those a service owns that keep none for ever, as they
   * are now.
   *
   * @throws KafkaException when the broker does not say
   */
  public Map<String, Duration> retention(Admin admin, String owner) {
    return TopicLimits.retention(admin, this, definition -> definition.owner().equals(owner));
  }

  /** Topics and access rules as YAML, for {@code deploy/kafka/topics.yaml}. */
  public String toYaml() {
    return TopicYaml.render(topics, aclBindings());
  }

  private static void create(Admin admin, Collection<TopicDefinition> wanted) {
    await(admin, wanted.stream().map(topic -> newTopic(topic.name(), topic)).toList());
  }

  private static NewTopic newTopic(String name, TopicDefinition definition) {
    return new NewTopic(name, Optional.of(definition.partitions()), Optional.empty())
        .configs(configs(definition));
  }

  static Map<String, String> configs(TopicDefinition definition) {
    long retentionMillis =
        definition.retentionDays() < 0 ? -1 : definition.retentionDays() * 86_400_000L;
    var configs = new HashMap<String, String>();
    configs.put("cleanup.policy", definition.cleanup().name());
    configs.put("retention.ms", Long.toString(retentionMillis));
    configs.put("retention.bytes", "-1");
    definition
        .maxMessageBytes()
        .ifPresent(bytes -> configs.put("max.message.bytes", Integer.toString(bytes)));
    definition.compression().ifPresent(type -> configs.put("compression.type", type));
    return configs;
  }

  private static void await(Admin admin, Collection<NewTopic> topics) {
    var results = admin.createTopics(topics).values();
    var failed =
        results.entrySet().stream()
            .filter(result -> !created(result.getValue()))
            .map(Map.Entry::getKey)
            .collect(Collectors.joining(", "));
    if (!failed.isEmpty()) {
      throw new KafkaException("topics could not be created: " + failed);
    }
  }

  private static boolean created(org.apache.kafka.common.KafkaFuture<Void> result) {
    try {
      result.get();
      return true;
    } catch (ExecutionException e) {
      return e.getCause() instanceof TopicExistsException;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

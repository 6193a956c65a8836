package dev.weir.runtime.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * How long messages may be, for topics whose messages are longer than a broker takes otherwise, and
 * how long they stay.
 */
final class TopicLimits {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private TopicLimits() {}

  /** Of the topics that are there, those a stream processor made included. */
  static Map<String, Integer> held(
      Admin admin, TopicCatalogue catalogue, Predicate<TopicDefinition> which) {
    return settings(
        admin,
        catalogue,
        which.and(definition -> definition.maxMessageBytes().isPresent()),
        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
        Integer::valueOf);
  }

  /** Of the topics that are there and are not meant to keep every message, or the newest. */
  static Map<String, Duration> retention(
      Admin admin, TopicCatalogue catalogue, Predicate<TopicDefinition> which) {
    var kept =
        settings(
            admin,
            catalogue,
            which.and(definition -> definition.retentionDays() > 0),
            TopicConfig.RETENTION_MS_CONFIG,
            text -> Duration.ofMillis(Long.parseLong(text)));
    kept.values().removeIf(Duration::isNegative); // -1 is for ever
    return kept;
  }

  private static <T> Map<String, T> settings(
      Admin admin,
      TopicCatalogue catalogue,
      Predicate<TopicDefinition> which,
      String setting,
      Function<String, T> read) {
    try {
      var asked =
          admin.listTopics().names().get().stream()
              .filter(topic -> catalogue.definitionOf(topic).filter(which).isPresent())
              .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
              .toList();
      var settings = new TreeMap<String, T>();
      admin
          .describeConfigs(asked)
          .all()
          .get()
          .forEach((topic, config) ->
              settings.put(topic.name(), read.apply(config.get(setting).value())));
      return settings;
    } catch (ExecutionException e) {
      throw new KafkaException("the broker does not tell its topics' limits", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while asking for limits", e);
    }
  }

  /** A limit holds from when the broker has read it from the controller: so it is asked again. */
  static void raise(Admin admin, TopicCatalogue catalogue) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    try {
      var changes = changes(admin, catalogue);
      admin.incrementalAlterConfigs(changes).all().get();
      while (!changes.isEmpty()) {
        if (System.nanoTime() > deadline) {
          throw new KafkaException("raised limits did not reach the broker in " + LIMIT);
        }
        Thread.sleep(PAUSE);
        changes = changes(admin, catalogue);
      }
    } catch (ExecutionException e) {
      throw new KafkaException("limits of topics could not be raised", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while raising limits", e);
    }
  }

  private static Map<ConfigResource, Collection<AlterConfigOp>> changes(
      Admin admin, TopicCatalogue catalogue) {
    var changes = new HashMap<ConfigResource, Collection<AlterConfigOp>>();
    held(admin, catalogue, definition -> true)
        .forEach((topic, bytes) -> {
          int wanted = catalogue.definitionOf(topic).orElseThrow().maxMessageBytes().orElseThrow();
          if (bytes < wanted) {
            add(changes, topic, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(wanted));
          }
        });
    settings(
            admin,
            catalogue,
            definition -> definition.compression().isPresent(),
            TopicConfig.COMPRESSION_TYPE_CONFIG,
            Function.identity())
        .forEach((topic, type) -> {
          var wanted = catalogue.definitionOf(topic).orElseThrow().compression().orElseThrow();
          if (!type.equals(wanted)) {
            add(changes, topic, TopicConfig.COMPRESSION_TYPE_CONFIG, wanted);
          }
        });
    return changes;
  }

  private static void add(
      Map<ConfigResource, Collection<AlterConfigOp>> changes,
      String topic,
      String setting,
      String value) {
    changes
        .computeIfAbsent(
            new ConfigResource(ConfigResource.Type.TOPIC, topic), none -> new ArrayList<>())
        .add(new AlterConfigOp(new ConfigEntry(setting, value), OpType.SET));
  }
}

package dev.weir.runtime.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** How long messages may be, for topics whose messages are longer than a broker takes otherwise. */
final class TopicLimits {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private TopicLimits() {}

  /** Of the topics that are there, those a stream processor made included. */
  static Map<String, Integer> held(
      Admin admin, TopicCatalogue catalogue, Predicate<TopicDefinition> which) {
    try {
      var limited =
          admin.listTopics().names().get().stream()
              .filter(topic ->
                  catalogue
                      .definitionOf(topic)
                      .filter(which)
                      .filter(definition -> definition.maxMessageBytes().isPresent())
                      .isPresent())
              .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
              .toList();
      var held = new TreeMap<String, Integer>();
      admin
          .describeConfigs(limited)
          .all()
          .get()
          .forEach((topic, config) ->
              held.put(
                  topic.name(),
                  Integer.valueOf(config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value())));
      return held;
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
            var entry =
                new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(wanted));
            changes.put(
                new ConfigResource(ConfigResource.Type.TOPIC, topic),
                List.of(new AlterConfigOp(entry, OpType.SET)));
          }
        });
    return changes;
  }
}

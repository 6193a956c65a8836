package dev.weir.aggregation.stream;

import dev.weir.runtime.kafka.KafkaClients;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreatePartitionsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Source;
import org.apache.kafka.streams.TopologyDescription.Subtopology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the changelogs of lanes as wide as the topics that lanes read. Whoever administers a broker
 * can add a partition to a topic and never take it away; Kafka Streams then refuses to work on any
 * lane, and the way out that it names, to reset the application, forgets replay marks and sums. The
 * added partitions become lanes that refuse whatever is in them, and all others stay what they
 * were. Thread-safe.
 *
 * @param application whose changelogs begin with its name
 */
record KafkaLaneChangelogs(KafkaClients kafka, TopologyDescription topology, String application) {
  private static final Logger log = LoggerFactory.getLogger(KafkaLaneChangelogs.class);
  private static final int LIMIT_MILLIS = 10_000;

  /** Widens what is too narrow; a broker that cannot be asked now leaves everything as it is. */
  void widen() {
    try (var admin = kafka.admin()) {
      for (Subtopology part : topology.subtopologies()) {
        widen(admin, part);
      }
    } catch (KafkaException e) {
      log.warn("the partitions of lanes' topics cannot be looked at or changed now", e);
    }
  }

  private void widen(Admin admin, Subtopology part) {
    var read = new TreeSet<String>();
    var changelogs = new TreeSet<String>();
    for (var node : part.nodes()) {
      switch (node) {
        case Source source -> read.addAll(source.topicSet());
        case Processor processor ->
            processor.stores().forEach(store -> changelogs.add(changelog(store)));
        default -> {}
      }
    }
    int widest = partitions(admin, read).values().stream().mapToInt(n -> n).max().orElse(0);
    var wider = new HashMap<String, NewPartitions>();
    partitions(admin, changelogs)
        .forEach((topic, partitions) -> {
          if (partitions < widest) {
            wider.put(topic, NewPartitions.increaseTo(widest));
          }
        });
    if (!wider.isEmpty()) {
      log.warn(
          "one of {} has {} partitions, which were added: what is in those is refused; {} follow",
          read,
          widest,
          wider.keySet());
      done(
          admin
              .createPartitions(wider, new CreatePartitionsOptions().timeoutMs(LIMIT_MILLIS))
              .all());
    }
  }

  private String changelog(String store) {
    return application + "-" + store + "-changelog";
  }

  /** Of those that there are. */
  private static Map<String, Integer> partitions(Admin admin, Collection<String> topics) {
    var all = new LinkedHashMap<String, Integer>();
    var asked =
        admin.describeTopics(
            Set.copyOf(topics), new DescribeTopicsOptions().timeoutMs(LIMIT_MILLIS));
    asked
        .topicNameValues()
        .forEach((topic, answer) -> {
          try {
            all.put(topic, done(answer).partitions().size());
          } catch (UnknownTopicOrPartitionException notYet) { // made when lanes first run
            log.debug("there is no topic {} yet", topic);
          }
        });
    return all;
  }

  private static <T> T done(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }
}

package dev.weir.query.rollup;

import dev.weir.runtime.kafka.KafkaClients;
import dev.weir.runtime.kafka.TopicCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One topology that runs here; instances with the same cells, here or in other processes, share its
 * partitions. Thread-safe.
 */
final class KafkaRollup implements AutoCloseable {
  /** Prefix of application ids, and so of groups, transactional ids and internal topics. */
  static final String PREFIX = "query-rollup-";

  private static final Logger LOG = LoggerFactory.getLogger(KafkaRollup.class);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final int COMMIT_MILLIS = 200;
  private static final int SESSION_MILLIS = 6_000;
  private static final int HEARTBEAT_MILLIS = 1_500;

  /** Above the longest pass over the cells; below what a failover may wait for. */
  private static final int TRANSACTION_MILLIS = 15_000;

  private static final long CACHE_BYTES = 16L << 20;

  private final RollupSpec spec;
  private final KafkaStreams streams;

  private KafkaRollup(RollupSpec spec, KafkaStreams streams) {
    this.spec = spec;
    this.streams = streams;
  }

  /**
   * Whether the topics that it follows are there: intake makes them with a resource's first run.
   */
  static boolean possible(RollupSpec spec, KafkaClients kafka) {
    try (var admin = kafka.admin()) {
      TopicCatalogue.load().ensureTopics(admin, "query");
      admin
          .describeTopics(
              Set.of(
                  TopicCatalogue.records(spec.resourceId()),
                  TopicCatalogue.deadLetters(spec.domainId())))
          .allTopicNames()
          .get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw new IllegalStateException("the broker did not describe the topics", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  static KafkaRollup start(
      RollupSpec spec, KafkaClients kafka, Path directory, EpochDesk desk, RollupFigures figures) {
    var topology = KafkaRollupTopology.of(spec, kafka.serde(), desk, figures, new StreamsBuilder());
    var streams = new KafkaStreams(topology, new StreamsConfig(settings(spec, kafka, directory)));
    streams.setUncaughtExceptionHandler(failure -> {
      // The thread that follows the seals cannot be replaced; the role then starts a new client.
      boolean counting = Thread.currentThread().getName().contains("-StreamThread-");
      LOG.error("rollup thread failed rollup={} cause={}", spec.id(), cause(failure));
      return counting
          ? StreamThreadExceptionResponse.REPLACE_THREAD
          : StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    });
    streams.start();
    LOG.info("rollup starts rollup={} resource={}", spec.id(), spec.resourceId());
    return new KafkaRollup(spec, streams);
  }

  /** Type names only: messages of the client library may quote what was in a record. */
  private static String cause(Throwable failure) {
    var names = new StringBuilder(failure.getClass().getSimpleName());
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      names.append('/').append(cause.getClass().getSimpleName());
    }
    return names.toString();
  }

  private static Map<String, Object> settings(RollupSpec spec, KafkaClients kafka, Path directory) {
    var settings = new HashMap<String, Object>(kafka.clientSettings());
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, PREFIX + spec.id());
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MILLIS);
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
    settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    settings.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_MILLIS);
    settings.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
        HEARTBEAT_MILLIS);
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
        TRANSACTION_MILLIS);
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 20);
    return settings;
  }

  RollupSpec spec() {
    return spec;
  }

  /** Whether it counts, or is about to. */
  boolean alive() {
    return switch (streams.state()) {
      case CREATED, REBALANCING, RUNNING -> true;
      case PENDING_SHUTDOWN, NOT_RUNNING, PENDING_ERROR, ERROR -> false;
    };
  }

  /** Leaves what was counted to the next start, or to another instance. */
  @Override
  public void close() {
    if (!streams.close(STOP_LIMIT)) {
      LOG.warn("rollup did not stop in time rollup={}", spec.id());
    }
  }
}

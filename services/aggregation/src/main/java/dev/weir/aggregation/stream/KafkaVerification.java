package dev.weir.aggregation.stream;

import dev.weir.runtime.kafka.KafkaClients;
import io.dropwizard.lifecycle.Managed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A topology at work, exactly once. A second instance with the same application shares the lanes
 * and takes over those of one that dies.
 */
public final class KafkaVerification implements Managed {
  private static final Logger log = LoggerFactory.getLogger(KafkaVerification.class);
  private static final Duration CLOSING = Duration.ofSeconds(15);
  private static final int WAITING_RECORDS = 32;

  private final KafkaStreams streams;
  private final ThreadDeaths deaths;
  private final KafkaLaneChangelogs changelogs;

  /**
   * How it works.
   *
   * @param application begins with the service's name; groups, transactions and changelogs do too
   * @param state directory for lanes while they are here
   * @param threads lanes that are worked on at the same time
   * @param commitEvery how long a transaction stays open
   * @param replicas of the changelogs
   */
  public record Settings(
      String application, Path state, int threads, Duration commitEvery, int replicas) {}

  public KafkaVerification(
      KafkaClients kafka, Topology topology, Settings settings, InstantSource clock) {
    this.deaths = new ThreadDeaths(clock);
    this.changelogs = new KafkaLaneChangelogs(kafka, topology.describe(), settings.application());
    this.streams = new KafkaStreams(topology, properties(kafka.connection(), settings));
    streams.setUncaughtExceptionHandler(thrown -> {
      deaths.add();
      log.error("a lane's thread ended and is replaced", thrown);
      changelogs.widen(); // it may have ended because of them
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    });
  }

  /**
   * True while lanes are worked on, or are being taken over; false when their threads keep ending.
   */
  public boolean works() {
    return streams.state().isRunningOrRebalancing() && !deaths.areFrequent();
  }

  @Override
  public void start() {
    changelogs.widen();
    streams.start();
  }

  @Override
  public void stop() {
    streams.close(CLOSING);
  }

  static Properties properties(Map<String, ?> connection, Settings settings) {
    var properties = new Properties();
    properties.putAll(connection);
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.application());
    properties.put(StreamsConfig.STATE_DIR_CONFIG, settings.state().toString());
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
    // What another operator writes may have no time, which the default takes for the end.
    properties.put(
        StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, WallclockTimestampExtractor.class);
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, settings.commitEvery().toMillis());
    properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, settings.replicas());
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 64L << 20);
    // Reports of vectors have megabytes: a few of them wait here, however many wait at the broker.
    properties.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, WAITING_RECORDS);
    properties.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
        AggregationTopics.MOST_MESSAGE_BYTES);
    properties.put(
        StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
        AggregationTopics.MOST_MESSAGE_BYTES);
    // A lane with state moves to a new instance once that has copied it; by default nobody looks
    // for ten minutes whether it has.
    properties.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, 60_000L);
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 10_000);
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 50);
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 128 << 10);
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 10_000);
    return properties;
  }
}

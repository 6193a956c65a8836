package dev.weir.aggregation.stream;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts messages aside that nobody can read, so that those behind them come through. The copy is for
 * convenience, is not waited for, and may come twice; the message itself stays where the log says.
 * Thread-safe.
 */
public final class KafkaDeadLetters implements Consumer<ConsumerRecord<byte[], byte[]>> {
  private static final Logger log = LoggerFactory.getLogger(KafkaDeadLetters.class);

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final Counter buried;

  /**
   * @param producer owned by the caller
   * @param topic where they go
   */
  public KafkaDeadLetters(
      Producer<byte[], byte[]> producer, String topic, PrometheusRegistry registry) {
    this.producer = producer;
    this.topic = topic;
    this.buried =
        Counter.builder()
            .name("aggregation_messages_put_aside")
            .help("Messages between aggregators that could not be read, by topic")
            .labelNames("topic")
            .register(registry);
  }

  @Override
  public void accept(ConsumerRecord<byte[], byte[]> unreadable) {
    log.warn(
        "message put aside topic={} partition={} offset={}",
        unreadable.topic(),
        unreadable.partition(),
        unreadable.offset());
    buried.labelValues(unreadable.topic()).inc();
    var headers = new RecordHeaders();
    var letter =
        new ProducerRecord<>(
            topic,
            null,
            KafkaLetter.beginning(unreadable.key(), headers, "key-bytes"),
            KafkaLetter.beginning(unreadable.value(), headers, "value-bytes"),
            headers);
    letter.headers().add("reason", "malformed".getBytes(StandardCharsets.US_ASCII));
    letter.headers().add("topic", unreadable.topic().getBytes(StandardCharsets.US_ASCII));
    producer.send(letter);
  }
}

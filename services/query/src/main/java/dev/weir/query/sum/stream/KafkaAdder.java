package dev.weir.query.sum.stream;

import dev.weir.query.sum.Adder;
import dev.weir.query.sum.AddingLine;
import dev.weir.query.sum.SignedSum;
import dev.weir.query.sum.SumRefusal;
import dev.weir.runtime.kafka.KafkaClients;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An adder at work. It keeps nothing: after a start it reads the inputs from the first one on and
 * signs the same sums again, which the custodian takes once. Runs in the thread that calls {@link
 * #run}; {@link #stop} may come from another.
 */
public final class KafkaAdder {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaAdder.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final KafkaClients kafka;
  private final String topic;
  private final Supplier<Adder> adders;
  private final Map<SumRefusal, Long> refused = new EnumMap<>(SumRefusal.class);
  private volatile boolean stopped;

  /**
   * @param login the adder's principal at the broker
   * @param adders a new one at each start
   */
  public KafkaAdder(KafkaClients kafka, String login, Supplier<Adder> adders) {
    this.kafka = kafka;
    this.topic = SumTopics.of(login);
    this.adders = adders;
  }

  /** Adds until it is stopped. */
  public void run() {
    try (var adder = adders.get();
        var line = new AddingLine(adder);
        var consumer = kafka.bytesConsumer();
        var producer = kafka.bytesProducer()) {
      var partitions =
          consumer.partitionsFor(SumTopics.INPUTS, PATIENCE).stream()
              .map(info -> new TopicPartition(SumTopics.INPUTS, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!stopped) {
        pass(line, consumer, producer, partitions.size());
      }
    }
  }

  public void stop() {
    stopped = true;
  }

  /** Takes what the pass before offered, while the checks of this one run. */
  private void pass(
      AddingLine line,
      KafkaConsumer<byte[], byte[]> consumer,
      KafkaProducer<byte[], byte[]> producer,
      int partitions) {
    var messages = consumer.poll(POLL);
    for (ConsumerRecord<byte[], byte[]> message : messages) {
      line.offer(message.value(), taskPartition(message.partition(), partitions));
    }
    for (Adder.Taken taken : line.take(messages.count())) {
      switch (taken) {
        case Adder.Taken.Added added -> {}
        case Adder.Taken.Repeated repeated -> {}
        case Adder.Taken.Refused(SumRefusal reason) -> note(reason);
        case Adder.Taken.Closed(List<SignedSum> sums) -> sums.forEach(sum -> send(producer, sum));
      }
    }
  }

  private static Predicate<String> taskPartition(int here, int partitions) {
    return task -> SumTopics.partition(task, partitions) == here;
  }

  private void send(KafkaProducer<byte[], byte[]> producer, SignedSum sum) {
    byte[] key = sum.statement().batch().task().getBytes(StandardCharsets.US_ASCII);
    try {
      producer.send(new ProducerRecord<>(topic, key, sum.toBytes())).get();
    } catch (ExecutionException e) {
      throw new KafkaException("a sum was not stored", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while sending", e);
    }
    LOG.info(
        "sum signed task={} inputs={}",
        sum.statement().batch().task(),
        sum.statement().inputs().size());
  }

  /** Which input it was is not worth a line each: a producer can send any number. */
  private void note(SumRefusal reason) {
    long count = refused.merge(reason, 1L, Long::sum);
    if (Long.bitCount(count) == 1) {
      LOG.warn("inputs left out reason={} so far={}", reason.label(), count);
    }
  }
}

package dev.weir.aggregation.stream;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Sends, and returns once the broker has all of it for good. Thread-safe. */
public final class KafkaSends {
  private final Producer<byte[], byte[]> producer;

  /**
   * @param producer owned by the caller
   */
  public KafkaSends(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  /**
   * @throws ProblemException of type {@code UNAVAILABLE} when some of it may not be there: send all
   *     of it again
   */
  public void send(List<ProducerRecord<byte[], byte[]>> records) {
    var sent = new ArrayList<Future<?>>();
    try {
      for (var one : records) {
        var each = producer.send(one);
        if (each.isDone()) {
          each.get(); // one that failed at once has waited its time, and the others would, too
        }
        sent.add(each);
      }
      for (Future<?> each : sent) {
        each.get();
      }
    } catch (KafkaException | ExecutionException e) {
      throw unavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(e);
    }
  }

  private static ProblemException unavailable(Exception cause) {
    var problem =
        new ProblemException(
            ProblemType.UNAVAILABLE, "What was sent may not have been taken; send it again.");
    problem.initCause(cause);
    return problem;
  }
}

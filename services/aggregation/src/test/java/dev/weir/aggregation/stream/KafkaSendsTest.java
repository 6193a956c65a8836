package dev.weir.aggregation.stream;

import static dev.weir.aggregation.rehearsal.RehearsalTask.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weir.aggregation.collect.KafkaLaneMarkers;
import dev.weir.aggregation.lane.Marker;
import dev.weir.dap.task.TimeInterval;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** A marker that opens a batch again is sent once: one that is lost would keep it closed. */
class KafkaSendsTest {
  private static final int LANES = 3;

  @Test
  void whatTheBrokerDidNotTake_isToldToWhoeverSent() {
    for (int lost = 0; lost < LANES; lost++) {
      var producer = producer();
      var sending = CompletableFuture.supplyAsync(() -> catchThrowable(() -> reopen(producer)));
      for (int answered = 0; !sending.isDone(); Thread.onSpinWait()) {
        boolean some =
            answered == lost
                ? producer.errorNext(new TimeoutException("broker away"))
                : producer.completeNext();
        answered += some ? 1 : 0;
      }
      assertUnavailable(sending.join());
    }
  }

  /** Each send waits for a broker that is away as long as the producer has patience. */
  @Test
  void brokerThatIsAway_isWaitedForOnce() {
    var asked = new AtomicInteger();
    var producer =
        producer(() -> {
          asked.incrementAndGet();
          return CompletableFuture.failedFuture(new TimeoutException("no metadata"));
        });
    assertUnavailable(catchThrowable(() -> reopen(producer)));
    assertThat(asked).hasValue(1);
  }

  private static void assertUnavailable(Throwable thrown) {
    assertThat(thrown)
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE));
  }

  @Test
  void whatTheBrokerTook_isToldOnceAllOfItIsThere() {
    var producer = producer();
    var sending = CompletableFuture.runAsync(() -> reopen(producer));
    for (int lane = 0; lane < LANES; lane++) {
      assertThat(sending).isNotDone();
      while (!producer.completeNext()) {
        Thread.onSpinWait();
      }
    }
    sending.join();
  }

  private static void reopen(MockProducer<byte[], byte[]> producer) {
    var task = aTask().lanes(LANES).contributors(8, 2).make().task;
    new KafkaLaneMarkers(producer, AggregationTopics.REPORTS)
        .send(task, TwoAggregators.marker(1, Marker.Kind.REOPEN, new TimeInterval(1, 1)));
  }

  private static MockProducer<byte[], byte[]> producer() {
    var bytes = new ByteArraySerializer();
    return new MockProducer<>(cluster(), false, null, bytes, bytes);
  }

  private static MockProducer<byte[], byte[]> producer(Supplier<Future<RecordMetadata>> answer) {
    var bytes = new ByteArraySerializer();
    return new MockProducer<>(cluster(), false, null, bytes, bytes) {
      @Override
      public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        return answer.get();
      }
    };
  }

  private static Cluster cluster() {
    var lanes = new ArrayList<PartitionInfo>();
    for (int lane = 0; lane < LANES; lane++) {
      lanes.add(
          new PartitionInfo(
              AggregationTopics.REPORTS, lane, Node.noNode(), new Node[0], new Node[0]));
    }
    return new Cluster("none", List.of(), lanes, new HashSet<>(), new HashSet<>());
  }
}

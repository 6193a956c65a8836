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
import org.apache.kafka.clients.producer.MockProducer;
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
      for (int lane = 0; lane < LANES; lane++) {
        answerNext(producer, lane == lost);
      }
      assertThat(sending.join())
          .isInstanceOfSatisfying(
              ProblemException.class,
              problem -> assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE));
      assertThat(producer.history()).hasSize(LANES);
    }
  }

  @Test
  void whatTheBrokerTook_isToldOnceAllOfItIsThere() {
    var producer = producer();
    var sending = CompletableFuture.runAsync(() -> reopen(producer));
    for (int lane = 0; lane < LANES; lane++) {
      assertThat(sending).isNotDone();
      answerNext(producer, false);
    }
    sending.join();
  }

  private static void reopen(MockProducer<byte[], byte[]> producer) {
    var task = aTask().lanes(LANES).contributors(8, 2).make().task;
    new KafkaLaneMarkers(producer, AggregationTopics.REPORTS)
        .send(task, TwoAggregators.marker(1, Marker.Kind.REOPEN, new TimeInterval(1, 1)));
  }

  private static void answerNext(MockProducer<byte[], byte[]> producer, boolean fails) {
    boolean answered = false;
    while (!answered) {
      answered =
          fails ? producer.errorNext(new TimeoutException("broker away")) : producer.completeNext();
      Thread.onSpinWait();
    }
  }

  private static MockProducer<byte[], byte[]> producer() {
    var lanes = new ArrayList<PartitionInfo>();
    for (int lane = 0; lane < LANES; lane++) {
      lanes.add(
          new PartitionInfo(
              AggregationTopics.REPORTS, lane, Node.noNode(), new Node[0], new Node[0]));
    }
    var bytes = new ByteArraySerializer();
    var cluster = new Cluster("none", List.of(), lanes, new HashSet<>(), new HashSet<>());
    return new MockProducer<>(cluster, false, null, bytes, bytes);
  }
}

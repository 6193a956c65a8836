package dev.weir.acceptance.aggregation;

import static dev.weir.acceptance.aggregation.Clinics.HELPER_ADDRESS;
import static dev.weir.acceptance.aggregation.Clinics.LEADER_ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.acceptance.aggregation.Clinics.Contributing;
import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.acceptance.stack.Records;
import dev.weir.acceptance.stack.ServiceProcess;
import dev.weir.acceptance.stack.SharedServices;
import dev.weir.aggregation.collector.Collector.Outcome;
import dev.weir.aggregation.lane.Bucket;
import dev.weir.aggregation.lane.LaneShare;
import dev.weir.aggregation.lane.Marker;
import dev.weir.aggregation.stream.AggregationTopics;
import dev.weir.dap.client.ReportMaker;
import dev.weir.dap.collection.Query;
import dev.weir.dap.report.Report;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.privacy.vdaf.AggregateShare;
import dev.weir.privacy.vdaf.Measurement;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A second instance of the leader and the only one of the helper, both as processes, are killed
 * with SIGKILL while reports are under way. The first leader takes the lanes over; the helper is
 * away for an hour, in which reports go on arriving, and counts them all when it is back. Each
 * measurement is a power of two of its own or nothing, so that neither a lost nor a double report
 * can hide.
 */
@ExtendWith({SharedServices.class, SharedClinics.class})
class TakeoverTest {
  private static final int POWERS = 16;
  private static final int REPORTS = 240;
  private static final int CLINICS = 8;

  /** Sessions of 10 s, transactions of 10 s, a rebalance, the lanes' state; on a busy machine. */
  private static final Duration LONGEST_GAP = Duration.ofSeconds(60);

  @Test
  void instancesThatAreKilledOrAway_loseNoReportAndCountNoneTwice(
      EmbeddedServices services, Clinics clinics) {
    // given
    var to =
        clinics.setUp(
            new VdafConfiguration.Sum((1L << POWERS) - 1), CLINICS, 2, REPORTS / 2, 400_000_000);
    var reports = reports(clinics, to);
    var collector = clinics.collector();
    var task = clinics.shown(to);
    var kept = collector.open(task, new Query.OfInterval(clinics.thisHour()));
    try (var second = services.spawnAggregator("leader", Map.of("address", LEADER_ADDRESS));
        var only = services.spawnAggregator("helper", Map.of("address", HELPER_ADDRESS))) {
      Records.await(() -> shared(services, second, only), both -> both);
      clinics.stopHelper();
      Records.await(() -> workers(services, "helper"), workers -> workers.size() == 1);
      // when
      upload(clinics, to, reports.subList(0, REPORTS / 3));
      second.kill();
      only.kill();
      long killed = System.nanoTime();
      upload(clinics, to, reports.subList(REPORTS / 3, 2 * REPORTS / 3));
      assertThat(collector.step(task, kept)).isInstanceOf(Outcome.Waiting.class);
      upload(clinics, to, reports.subList(2 * REPORTS / 3, REPORTS));
      clinics.startHelper(Clock.offset(Clock.systemUTC(), Duration.ofHours(1)));
      var outcome =
          Records.await(() -> collector.step(task, kept), now -> !(now instanceof Outcome.Waiting));
      var gap = Duration.ofNanos(System.nanoTime() - killed);
      // then
      System.out.printf("aggregation takeover: gap %d ms, reports %d%n", gap.toMillis(), REPORTS);
      var batch = Clinics.collected(outcome);
      assertThat(batch.reports()).isEqualTo(REPORTS);
      assertThat(batch.alerts()).isEmpty();
      assertThat(exactly(services, to))
          .isEqualTo(BigInteger.ONE.shiftLeft(POWERS).subtract(BigInteger.ONE));
      sidesAgree(services, to);
      assertThat(gap).isLessThan(LONGEST_GAP);
    } finally {
      clinics.stopHelper();
      clinics.startHelper(Clock.systemUTC());
    }
  }

  private static void upload(Clinics clinics, Contributing to, List<Report> reports) {
    var leader = clinics.http(clinics.leader, Optional.empty());
    assertThat(leader.upload(to.task().id(), reports).failures()).isEmpty();
  }

  /** By what each of them wrote into the evidence log. */
  private static void sidesAgree(EmbeddedServices services, Contributing to) {
    var leaves =
        Records.await(
            () -> TaskLeaves.of(services, to.task().id()),
            found -> found.releases("leader").size() + found.releases("helper").size() == 2);
    var ofLeader = leaves.releases("leader").getFirst();
    var ofHelper = leaves.releases("helper").getFirst();
    assertThat(ofLeader.path("reports").asInt()).isEqualTo(REPORTS);
    assertThat(ofHelper.path("reports").asInt()).isEqualTo(REPORTS);
    assertThat(ofHelper.path("checksum")).isEqualTo(ofLeader.path("checksum"));
  }

  private static List<Report> reports(Clinics clinics, Contributing to) {
    var makers = new ArrayList<ReportMaker>();
    for (int i = 0; i < CLINICS; i++) {
      makers.add(clinics.maker(to, i));
    }
    var reports = new ArrayList<Report>();
    for (int i = 0; i < REPORTS; i++) {
      long value = i % (REPORTS / POWERS) == 0 ? 1L << (i * POWERS / REPORTS) : 0;
      reports.add(makers.get(i % CLINICS).make(Measurement.number(value)));
    }
    return reports;
  }

  /** True once two processes work on lanes at each aggregator. */
  private static boolean shared(
      EmbeddedServices services, ServiceProcess leader, ServiceProcess helper) {
    assertThat(leader.isAlive()).isTrue();
    assertThat(helper.isAlive()).isTrue();
    return workers(services, "leader").size() == 2 && workers(services, "helper").size() == 2;
  }

  /** The processes that have a lane, by the name that Kafka Streams gives them. */
  private static Set<String> workers(EmbeddedServices services, String role) {
    try (var admin = services.brokerAdmin()) {
      String group = role + "-verification";
      return admin.describeConsumerGroups(List.of(group)).all().get().get(group).members().stream()
          .filter(member -> !member.assignment().topicPartitions().isEmpty())
          .map(member -> member.clientId().replaceAll("-StreamThread-.*", ""))
          .collect(Collectors.toSet());
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The sum without noise, as only somebody with both operators' brokers can see it. */
  private static BigInteger exactly(EmbeddedServices services, Contributing to) {
    return to.task()
        .vdaf()
        .unshard(
            List.of(
                share(services, AggregationTopics.LEADER_BATCHES, to),
                share(services, AggregationTopics.HELPER_BATCHES, to)))
        .getFirst();
  }

  /** What lanes told when they closed the batch, each once. */
  private static AggregateShare share(EmbeddedServices services, String topic, Contributing to) {
    var lanes = new HashMap<Integer, LaneShare>();
    try (var consumer = services.consumer()) {
      var partitions =
          consumer.partitionsFor(topic).stream()
              .map(one -> new TopicPartition(topic, one.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (var message : consumer.poll(Duration.ofMillis(200))) {
          var told = WireReader.whole(Bytes.owning(message.value()), LaneShare::read);
          if (told.task().equals(to.task().id()) && told.marker().kind() == Marker.Kind.CLOSE) {
            lanes.putIfAbsent(told.lane(), told);
          }
        }
      }
    }
    var sum = Bucket.EMPTY;
    for (LaneShare lane : lanes.values()) {
      sum = sum.merge(to.task().vdaf(), lane.sum());
    }
    return AggregateShare.of(sum.share().toArray());
  }
}

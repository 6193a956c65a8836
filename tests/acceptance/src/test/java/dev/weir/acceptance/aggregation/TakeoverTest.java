package dev.weir.acceptance.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.acceptance.stack.Records;
import dev.weir.acceptance.stack.ServiceProcess;
import dev.weir.acceptance.stack.SharedServices;
import dev.weir.aggregation.lane.Bucket;
import dev.weir.aggregation.lane.LaneShare;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.collection.Query;
import dev.weir.dap.report.Report;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.privacy.vdaf.AggregateShare;
import dev.weir.privacy.vdaf.Measurement;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Second instances of leader and helper, as processes, share the lanes; both are killed with
 * SIGKILL while reports are under way, and the first ones go on. Each measurement is a power of two
 * of its own or nothing, so that neither a lost nor a double report can hide.
 */
@ExtendWith(SharedServices.class)
class TakeoverTest {
  private static final int POWERS = 16;
  private static final int REPORTS = 240;
  private static final int CLINICS = 8;

  /** Sessions of 10 s, a rebalance, the lanes' state; on a busy machine. */
  private static final Duration LONGEST_GAP = Duration.ofSeconds(90);

  @Test
  void instancesThatAreKilled_areTakenOverWithoutALostOrDoubleReport(EmbeddedServices services)
      throws Exception {
    try (var clinics = new Clinics(services);
        var secondLeader =
            services.spawnAggregator("leader", Map.of("address", Clinics.LEADER_ADDRESS));
        var secondHelper =
            services.spawnAggregator("helper", Map.of("address", Clinics.HELPER_ADDRESS))) {
      // given
      var to =
          clinics.setUp(
              new VdafConfiguration.Sum((1L << POWERS) - 1), CLINICS, 1, REPORTS, 400_000_000);
      var reports = reports(clinics, to);
      Records.await(() -> shared(services, secondLeader, secondHelper), both -> both);
      var leader = clinics.http(clinics.leader, Optional.empty());
      // when
      leader.upload(to.task().id(), reports.subList(0, REPORTS / 2));
      secondLeader.kill();
      secondHelper.kill();
      long killed = System.nanoTime();
      leader.upload(to.task().id(), reports.subList(REPORTS / 2, REPORTS));
      var collector = clinics.http(clinics.leader, Optional.of(Clinics.COLLECTOR));
      var request = CollectionJobReq.of(new Query.OfInterval(clinics.thisHour()));
      var answer = Records.await(() -> asked(collector, to, request), asked -> asked.isPresent());
      var gap = Duration.ofNanos(System.nanoTime() - killed);
      // then
      System.out.printf("aggregation takeover: gap %d ms, reports %d%n", gap.toMillis(), REPORTS);
      assertThat(answer).contains((long) REPORTS);
      assertThat(exactly(services, to))
          .isEqualTo(BigInteger.ONE.shiftLeft(POWERS).subtract(BigInteger.ONE));
      assertThat(gap).isLessThan(LONGEST_GAP);
    }
  }

  private static List<Report> reports(Clinics clinics, Clinics.Contributing to) {
    var makers = new ArrayList<dev.weir.dap.client.ReportMaker>();
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

  private static Optional<Long> asked(
      dev.weir.dap.client.HttpAggregator collector,
      Clinics.Contributing to,
      CollectionJobReq request) {
    try {
      return collector.collect(to.task().id(), request).answer().map(answer -> answer.reports());
    } catch (dev.weir.dap.client.DapAnswerException tooSmallYet) {
      return Optional.empty();
    }
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

  /** The sum without noise, as only somebody with both operators' databases can see it. */
  private static BigInteger exactly(EmbeddedServices services, Clinics.Contributing to) {
    return to.task()
        .prio3()
        .unshard(List.of(share(services, "leader", to), share(services, "helper", to)))
        .getFirst();
  }

  private static AggregateShare share(
      EmbeddedServices services, String role, Clinics.Contributing to) {
    String lanes =
        services.ask(
            role,
            "select string_agg(encode(l.share, 'hex'), ',') from %s.lane_shares l".formatted(role)
                + " join %s.collections c using (collection_id)".formatted(role)
                + " where l.kind = 'CLOSE' and c.state = 'DONE' and c.task_id = decode('"
                + to.task().id().bytes().hex()
                + "', 'hex')");
    var sum = Bucket.EMPTY;
    for (String lane : lanes.split(",")) {
      var told = Bytes.owning(HexFormat.of().parseHex(lane));
      sum = sum.merge(to.task().prio3(), WireReader.whole(told, LaneShare::read).sum());
    }
    return AggregateShare.of(sum.share().toArray());
  }
}

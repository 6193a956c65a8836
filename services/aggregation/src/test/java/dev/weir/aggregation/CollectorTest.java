package dev.weir.aggregation;

import static dev.weir.aggregation.rehearsal.RehearsalTask.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.aggregation.collector.Alert;
import dev.weir.aggregation.collector.CollectionJournal;
import dev.weir.aggregation.collector.Collector;
import dev.weir.aggregation.collector.Collector.Outcome;
import dev.weir.aggregation.collector.KeptCollection;
import dev.weir.aggregation.collector.Plausibility;
import dev.weir.aggregation.rehearsal.RehearsalTask;
import dev.weir.aggregation.task.PublicTask;
import dev.weir.aggregation.task.TaskView;
import dev.weir.dap.DapEdition;
import dev.weir.dap.DapRole;
import dev.weir.dap.client.CollectionLeader;
import dev.weir.dap.client.DapAnswerException;
import dev.weir.dap.client.HttpAggregator.Collection;
import dev.weir.dap.collection.AggregateShareAad;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.collection.CollectionJobResp;
import dev.weir.dap.collection.Query;
import dev.weir.dap.hpke.HpkeCiphertext;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.dap.wire.Bytes;
import dev.weir.kernel.ProblemException;
import dev.weir.privacy.hpke.Aead;
import dev.weir.privacy.hpke.HpkePrivateKey;
import dev.weir.privacy.hpke.HpkeSender;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The collector's own process, with a leader that answers late, forgets, refuses or lies. */
class CollectorTest {
  private static final int REPORTS = 40;

  @TempDir private Path directory;

  private final RehearsalTask rehearsal =
      aTask().vdaf(new VdafConfiguration.Histogram(3, 2)).nanoRho(1_000_000_000).make();
  private final PublicTask task = task(rehearsal);
  private final FakeLeader leader = new FakeLeader(List.of(30L, 10L, 0L));
  private Optional<String> rule = Optional.empty();

  private static PublicTask task(RehearsalTask rehearsal) {
    return PublicTask.of(TaskView.of(rehearsal.task));
  }

  private Collector collector() {
    return new Collector(
        new CollectionJournal(directory.resolve("kept")),
        leader,
        rehearsal.collectorKey,
        terms -> rule);
  }

  private Query hour() {
    return new Query.OfInterval(new TimeInterval(500_000, 1));
  }

  @Test
  void collection_isKeptBeforeItIsForgottenAndAskedForOnce() throws IOException {
    // given
    var collector = collector();
    var kept = collector.open(task, hour());
    // when
    assertThat(collector.step(task, kept)).isInstanceOf(Outcome.Waiting.class);
    leader.ready = true;
    var outcome = collector.step(task, kept);
    // then
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Collected.class,
            collected -> {
              assertThat(collected.batch().noisyAggregate())
                  .containsExactly(BigInteger.valueOf(30), BigInteger.TEN, BigInteger.ZERO);
              assertThat(collected.batch().alerts()).isEmpty();
              assertThat(collected.batch().reports()).isEqualTo(REPORTS);
            });
    assertThat(leader.said).containsExactly("collect", "ask", "forget");
    var again = collector();
    assertThat(again.step(task, again.open(task, hour()))).isEqualTo(outcome);
    assertThat(leader.said).hasSize(3);
    try (Stream<Path> files = Files.walk(directory.resolve("kept"))) {
      for (Path path : files.filter(Files::isDirectory).toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
            .isEqualTo("rwx------");
      }
    }
  }

  /** The collector dies with its first request and with its farewell on the way. */
  @Test
  void killedOnTheWay_itGoesOnWithTheSameBytesAndEndsWithOneResult() {
    leader.ready = true;
    leader.lost = Set.of(1, 3);
    var outcomes = new ArrayList<Outcome>();
    for (int life = 0; life < 3; life++) {
      var collector = collector();
      try {
        outcomes.add(collector.step(task, collector.open(task, hour())));
      } catch (DapAnswerException killed) {
        assertThat(killed.isPassing()).isTrue();
      }
    }
    assertThat(outcomes).singleElement().isInstanceOf(Outcome.Collected.class);
    assertThat(leader.said).containsExactly("collect", "collect", "forget", "forget");
    assertThat(leader.requests).hasSize(2).allMatch(leader.requests.getFirst()::equals);
    assertThat(collector().underWay(task)).isEmpty();
  }

  /** Housekeeping, or a file that is none of ours. */
  @Test
  void collectionsThatWereRemoved_leaveTheOthersAlone() throws IOException {
    leader.ready = true;
    var collector = collector();
    var first = collector.open(task, hour());
    var second = collector.open(task, new Query.OfInterval(new TimeInterval(500_001, 1)));
    collector.step(task, second);
    var own = directory.resolve("kept").resolve(task.task().id().toString());
    try (var files = Files.list(own.resolve("000001"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(own.resolve("000001"));
    Files.writeString(own.resolve("notes.txt"), "mine");
    var third = collector.open(task, new Query.OfInterval(new TimeInterval(500_002, 1)));
    assertThat(first.number()).isEqualTo(1);
    assertThat(third.number()).isEqualTo(3);
    assertThat(third.result()).isEmpty();
    assertThat(second.result()).isPresent();
  }

  @Test
  void resultOfAnotherRequest_isNotShown() throws IOException {
    leader.ready = true;
    var collector = collector();
    collector.step(task, collector.open(task, hour()));
    var other = collector.open(task, new Query.OfInterval(new TimeInterval(500_001, 1)));
    var own = directory.resolve("kept").resolve(task.task().id().toString());
    Files.copy(own.resolve("000001/result.json"), own.resolve("000002/result.json"));
    assertThatThrownBy(() -> collector.step(task, other)).hasMessageContaining("another request");
  }

  /** As {@code collect} beside the collector's process, with one directory. */
  @Test
  void collectionsBegunAtOnce_areEachTheirOwn() throws Exception {
    int both = 2;
    int rounds = 20;
    var barrier = new CyclicBarrier(both);
    try (var threads = Executors.newFixedThreadPool(both)) {
      var opened = new ArrayList<Future<List<KeptCollection>>>();
      for (int process = 0; process < both; process++) {
        long start = 500_000 + process * 1000L;
        opened.add(
            threads.submit(() -> {
              var mine = new ArrayList<KeptCollection>();
              var journal = new CollectionJournal(directory.resolve("kept"));
              for (int i = 0; i < rounds; i++) {
                barrier.await();
                var query = new Query.OfInterval(new TimeInterval(start + i, 1));
                mine.add(journal.open(task.task().id(), CollectionJobReq.of(query)));
              }
              return mine;
            }));
      }
      var numbers = new HashSet<Integer>();
      for (int process = 0; process < both; process++) {
        var mine = opened.get(process).get();
        for (int i = 0; i < rounds; i++) {
          long start = 500_000 + process * 1000L + i;
          assertThat(mine.get(i).request().query())
              .isEqualTo(new Query.OfInterval(new TimeInterval(start, 1)));
          numbers.add(mine.get(i).number());
        }
      }
      assertThat(numbers).hasSize(both * rounds);
    }
  }

  @Test
  void policyThatSaysNo_isHeardBeforeTheLeaderHearsAnything() {
    rule = Optional.of("not-in-force");
    var collector = collector();
    assertThat(collector.step(task, collector.open(task, hour())))
        .isEqualTo(new Outcome.Refused("not-in-force"));
    assertThat(leader.said).isEmpty();
    rule = Optional.empty();
    leader.ready = true;
    assertThat(collector.step(task, collector.open(task, hour())))
        .isInstanceOf(Outcome.Collected.class);
  }

  @Test
  void leaderThatRefuses_isAskedAgainOnlyByAnotherRequest() {
    leader.problem = Optional.of(new DapAnswerException("urn:x:invalidBatchSize", "few", 400));
    var collector = collector();
    var kept = collector.open(task, hour());
    assertThat(collector.step(task, kept)).isEqualTo(new Outcome.Refused("urn:x:invalidBatchSize"));
    assertThat(collector.step(task, kept)).isInstanceOf(Outcome.Refused.class);
    assertThat(leader.said).containsExactly("collect");
  }

  @Test
  void aggregatorThatAddsToItsShare_raisesAnAlert() {
    var lying =
        List.of(List.of(30L, 10L, 5_000L), List.of(-5_000L, 10L, 5_030L), List.of(13L, 13L, 13L));
    var expected =
        List.of(
            List.of(Alert.ABOVE_RANGE, Alert.TOTAL_OUT_OF_RANGE),
            List.of(Alert.BELOW_RANGE, Alert.ABOVE_RANGE),
            List.of());
    for (int i = 0; i < lying.size(); i++) {
      var values = lying.get(i).stream().map(BigInteger::valueOf).toList();
      assertThat(new Plausibility(task.noise()).alerts(REPORTS, values)).isEqualTo(expected.get(i));
    }
    leader.values = lying.getFirst();
    leader.ready = true;
    var collector = collector();
    assertThat(collector.step(task, collector.open(task, hour())))
        .isInstanceOfSatisfying(
            Outcome.Collected.class,
            collected -> assertThat(collected.batch().alerts()).contains(Alert.ABOVE_RANGE));
  }

  @Test
  void batchBelowTheTasksMinimum_orShareForSomebodyElse_isNoResultAndNothingIsForgotten() {
    leader.ready = true;
    leader.reports = 1;
    var collector = collector();
    assertThatThrownBy(() -> collector.step(task, collector.open(task, hour())))
        .isInstanceOf(ProblemException.class);
    assertThat(leader.said).doesNotContain("forget");
    leader.reports = REPORTS;
    leader.sealedFor = HpkePrivateKey.random(new SecureRandom());
    var other = new Query.OfInterval(new TimeInterval(400_000, 1));
    assertThatThrownBy(() -> collector.step(task, collector.open(task, other)))
        .isInstanceOf(ProblemException.class);
    assertThat(leader.said).doesNotContain("forget");
  }

  @Test
  void termsThatAreNotTheTasks_areNoTask() {
    var other = task(aTask().make());
    assertThatThrownBy(() ->
            PublicTask.of(
                new TaskView(
                    task.task().id(),
                    Base64Url.encode(task.task().configuration().encoded()),
                    "",
                    other.terms(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty())))
        .isInstanceOf(ProblemException.class);
  }

  /** Both aggregators at once, without noise. */
  private final class FakeLeader implements CollectionLeader {
    private final List<String> said = new ArrayList<>();
    private final List<Bytes> requests = new ArrayList<>();
    private final URI location = URI.create("http://127.0.0.1:1/dap/jobs/1");
    private List<Long> values;
    private long reports = REPORTS;
    private HpkePrivateKey sealedFor = rehearsal.collectorKey;
    private boolean ready;
    private Set<Integer> lost = Set.of();
    private Optional<DapAnswerException> problem = Optional.empty();

    FakeLeader(List<Long> values) {
      this.values = values;
    }

    @Override
    public Collection collect(TaskId id, CollectionJobReq request) {
      requests.add(request.encoded());
      return answer("collect", request);
    }

    @Override
    public Collection ask(Collection collection) {
      return answer("ask", CollectionJobReq.of(hour()));
    }

    @Override
    public void forget(Collection collection) {
      heard("forget");
    }

    private void heard(String what) {
      said.add(what);
      if (lost.contains(said.size())) {
        throw new DapAnswerException("", "the answer was lost", 0);
      }
    }

    private Collection answer(String what, CollectionJobReq request) {
      heard(what);
      if (problem.isPresent()) {
        throw problem.get();
      }
      return new Collection(location, ready ? Optional.of(shares(request)) : Optional.empty());
    }

    private CollectionJobResp shares(CollectionJobReq request) {
      var asked = ((Query.OfInterval) request.query()).interval();
      return new CollectionJobResp(
          reports,
          asked,
          sealed(DapRole.LEADER, values, request),
          sealed(DapRole.HELPER, List.of(0L, 0L, 0L), request));
    }

    private HpkeCiphertext sealed(DapRole role, List<Long> share, CollectionJobReq request) {
      var sum = rehearsal.task.vdaf().aggregation();
      sum.addNoise(share.stream().map(BigInteger::valueOf).toList());
      byte[] aad = new AggregateShareAad(task.task(), request).encoded().toArray();
      var sealed =
          new HpkeSender(
                  sealedFor.publicKey(),
                  Aead.AES_128_GCM,
                  DapEdition.aggregateShareInfo(role).toArray())
              .seal(aad, sum.share().revealBytes(), new SecureRandom());
      return new HpkeCiphertext(
          9, Bytes.owning(sealed.encapsulated()), Bytes.owning(sealed.ciphertext()));
    }
  }
}

package dev.weir.cli.aggregate;

import static dev.weir.aggregation.rehearsal.RehearsalTask.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.aggregation.collector.CollectionJournal;
import dev.weir.aggregation.collector.Collector;
import dev.weir.aggregation.collector.Collector.Outcome;
import dev.weir.aggregation.rehearsal.RehearsalTask;
import dev.weir.aggregation.task.PublicTask;
import dev.weir.aggregation.task.TaskView;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
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
import dev.weir.dap.id.TaskId;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.wire.Bytes;
import dev.weir.privacy.hpke.Aead;
import dev.weir.privacy.hpke.HpkePrivateKey;
import dev.weir.privacy.hpke.HpkeSender;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process that stays makes of leaders that refuse, lie or are away. */
class CollectorRoundsTest {
  private static final Instant TURN = Instant.parse("2026-11-20T10:00:00Z");

  /** The clock skew of the hour that has ended is over. */
  private static final Instant START = TURN.plus(Duration.ofMinutes(5));

  @TempDir private Path directory;

  private final RehearsalTask one = aTask().clock(InstantSource.fixed(START)).make();
  private final RehearsalTask other = aTask().clock(InstantSource.fixed(START)).make();
  private final List<String> told = new ArrayList<>();
  private final Map<TaskId, Integer> asked = new HashMap<>();
  private final Map<TaskId, RuntimeException> problems = new HashMap<>();
  private Instant now = START;
  private Optional<RuntimeException> gate = Optional.empty();
  private Answering lies = request -> answer(request, junk());
  private String kept = "kept";
  private Optional<CollectionJobReq> last = Optional.empty();
  private boolean waiting;
  private int waits;

  private final class Leader implements CollectionLeader {
    @Override
    public Collection collect(TaskId task, CollectionJobReq request) {
      asked.merge(task, 1, Integer::sum);
      last = Optional.of(request);
      var problem = problems.get(task);
      if (problem != null) {
        throw problem;
      }
      return new Collection(
          URI.create("https://leader.example/1"),
          waiting ? Optional.empty() : Optional.of(lies.answer(request)));
    }

    @Override
    public Collection ask(Collection collection) {
      waits++;
      return new Collection(
          collection.location(), waiting ? Optional.empty() : last.map(lies::answer));
    }

    @Override
    public void forget(Collection collection) {}
  }

  private interface Answering {
    CollectionJobResp answer(CollectionJobReq request);
  }

  private static CollectionJobResp answer(CollectionJobReq request, HpkeCiphertext share) {
    return new CollectionJobResp(1_000, interval(request), share, share);
  }

  private static TimeInterval interval(CollectionJobReq request) {
    return ((Query.OfInterval) request.query()).interval();
  }

  private static HpkeCiphertext junk() {
    return new HpkeCiphertext(1, random(32), random(60));
  }

  /** Sealed as it should be, and no share of the task's. */
  private HpkeCiphertext shortShare(CollectionJobReq request) {
    byte[] aad = new AggregateShareAad(task(one).task(), request).encoded().toArray();
    var sealed =
        new HpkeSender(
                one.collectorKey.publicKey(),
                Aead.AES_128_GCM,
                DapEdition.aggregateShareInfo(DapRole.LEADER).toArray())
            .seal(aad, new byte[5], new SecureRandom());
    return new HpkeCiphertext(
        9, Bytes.owning(sealed.encapsulated()), Bytes.owning(sealed.ciphertext()));
  }

  private static Bytes random(int length) {
    byte[] bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return Bytes.owning(bytes);
  }

  private CollectorRounds rounds() {
    return rounds(true);
  }

  private CollectorRounds rounds(boolean resumes) {
    InstantSource clock = () -> now;
    var collector =
        new Collector(
            new CollectionJournal(directory.resolve(kept)),
            new Leader(),
            one.collectorKey,
            terms -> {
              if (gate.isPresent()) {
                throw gate.get();
              }
              return Optional.empty();
            });
    return new CollectorRounds(
        collector,
        clock,
        new CollectorRounds.Told() {
          @Override
          public void outcome(PublicTask task, Query query, Outcome outcome) {
            told.add(name(task) + " " + outcome.getClass().getSimpleName());
          }

          @Override
          public void away(
              PublicTask task,
              Optional<Query> query,
              RuntimeException why,
              CollectorRounds.Fault fault) {
            told.add(name(task) + " " + fault.name().toLowerCase(Locale.ROOT));
          }
        },
        resumes);
  }

  private String name(PublicTask task) {
    return task.task().id().equals(one.task.id()) ? "one" : "other";
  }

  private static PublicTask task(RehearsalTask rehearsal) {
    return PublicTask.of(TaskView.of(rehearsal.task));
  }

  /** One batch, whose time is over. */
  private CollectorConfiguration.Plan plan(RehearsalTask rehearsal) {
    return batches(rehearsal, 1, Duration.ZERO);
  }

  private CollectorConfiguration.Plan batches(RehearsalTask rehearsal, int count, Duration after) {
    long precision = rehearsal.task.configuration().timePrecisionSeconds();
    return new CollectorConfiguration.Plan(
        directory, TURN.minus(Duration.ofSeconds(count * precision)), 1, after);
  }

  private void round(CollectorRounds rounds) {
    rounds.round(task(one), plan(one));
    rounds.round(task(other), plan(other));
  }

  @Test
  void refusedBatch_isAskedForEverMoreRarely() {
    problems.put(
        one.task.id(), new DapAnswerException("urn:ietf:params:ppm:dap:error:x", "no", 400));
    problems.put(other.task.id(), new DapAnswerException("", "", 0));
    var rounds = rounds();
    for (int second = 0; second < 3_600; second += 5) {
      now = START.plusSeconds(second);
      rounds.round(task(one), plan(one));
    }
    assertThat(asked.get(one.task.id())).isBetween(4, 8);
    assertThat(told).containsOnly("one Refused");
  }

  /** Each refusal is evidence at both aggregators. */
  @Test
  void processThatBeginsAgain_restsAsTheOneBeforeItWould() {
    problems.put(
        one.task.id(), new DapAnswerException("urn:ietf:params:ppm:dap:error:x", "no", 400));
    for (int second = 0; second < 3_600; second += 5) {
      now = START.plusSeconds(second);
      rounds().round(task(one), plan(one));
    }
    assertThat(asked.get(one.task.id())).isBetween(4, 8);
    asked.clear();
    rounds(false).round(task(one), plan(one));
    assertThat(asked.get(one.task.id())).as("for one that asks once, now").isEqualTo(1);
  }

  @Test
  void intervalsBeforeAndBehindTheTask_areNotAskedFor() {
    problems.put(
        one.task.id(), new DapAnswerException("urn:ietf:params:ppm:dap:error:x", "no", 400));
    var own = one.task.configuration().interval().orElseThrow();
    long precision = one.task.configuration().timePrecisionSeconds();
    now = Instant.ofEpochSecond((own.start() + own.duration() + 10_000) * precision);
    for (long units : new long[] {1, 7}) {
      asked.clear();
      kept = "kept" + units;
      var longBefore =
          new CollectorConfiguration.Plan(directory, Instant.EPOCH, units, Duration.ZERO);
      rounds().round(task(one), longBefore);
      long first = own.start() / units;
      long last = (own.start() + own.duration() - 1) / units;
      assertThat(asked.get(one.task.id())).isEqualTo((int) (last - first + 1));
    }
  }

  /** A contributor's clock may be behind, and its device was offline. */
  @Test
  void batch_isAskedForOnceLateReportsWereWaitedFor() {
    waiting = true;
    var sixHours = Duration.ofHours(6);
    var plan = batches(one, 1, sixHours);
    var patient = TURN.plus(sixHours).plusSeconds(one.task.terms().clockSkewSeconds());
    now = patient.minusSeconds(1);
    rounds().round(task(one), plan);
    assertThat(asked).isEmpty();
    now = patient;
    rounds().round(task(one), plan);
    assertThat(asked.get(one.task.id())).isEqualTo(1);
  }

  /** Each look at a directory of a year's batches would cost a second. */
  @Test
  void whatAnEarlierProcessEnded_isNotLookedForAgain() throws IOException {
    waiting = true;
    rounds().round(task(one), plan(one));
    var own = directory.resolve(kept).resolve(one.task.id().toString());
    Files.createFile(own.resolve("000001").resolve("forgotten"));
    Files.delete(own.resolve("lock"));
    rounds().round(task(one), plan(one));
    assertThat(own.resolve("lock")).as("of whoever looks").doesNotExist();
    assertThat(waits).isZero();
  }

  @Test
  void directoryThatCannotBeWritten_isTold_andWaitedFor() throws IOException {
    waiting = true;
    rounds().round(task(one), plan(one));
    told.clear();
    waiting = false;
    var own = directory.resolve(kept).resolve(one.task.id().toString()).resolve("000001");
    Files.createDirectory(own.resolve("answer")); // whoever reads or writes meets it, root too
    var rounds = rounds();
    rounds.round(task(one), plan(one));
    assertThat(told).containsExactly("one unkept");
    Files.delete(own.resolve("answer"));
    rounds.round(task(one), plan(one));
    assertThat(told).as("without a pause").containsExactly("one unkept", "one unopened");
  }

  @Test
  void shareThatDoesNotOpen_endsNeitherTheProcessNorTheNextTask_andIsNotPaidForAgain() {
    problems.put(
        other.task.id(), new DapAnswerException("urn:ietf:params:ppm:dap:error:x", "no", 400));
    var rounds = rounds();
    round(rounds);
    assertThat(told).containsExactly("one unopened", "other Refused");
    now = START.plusSeconds(600);
    round(rounds);
    assertThat(asked.get(one.task.id())).as("the answer is kept").isEqualTo(1);
    round(rounds());
    assertThat(told).filteredOn("one unopened"::equals).hasSize(3);
  }

  /** A share of another length, an interval beyond all times, more reports than there can be. */
  @Test
  void answersThatAreNone_endNeitherTheProcessNorTheNextTask() {
    problems.put(
        other.task.id(), new DapAnswerException("urn:ietf:params:ppm:dap:error:x", "no", 400));
    List<Answering> all =
        List.of(
            request -> answer(request, shortShare(request)),
            request -> new CollectionJobResp(1_000, new TimeInterval(1L << 50, 1), junk(), junk()),
            request -> new CollectionJobResp(1_000, new TimeInterval(-1, 1), junk(), junk()),
            request -> new CollectionJobResp(-1, interval(request), junk(), junk()),
            request -> new CollectionJobResp(1L << 62, interval(request), junk(), junk()));
    for (int i = 0; i < all.size(); i++) {
      lies = all.get(i);
      kept = "kept" + i;
      told.clear();
      round(rounds());
      round(rounds());
      assertThat(told)
          .as("answer %d, and again from the disk", i)
          .containsExactly("one unopened", "other Refused", "one unopened");
    }
  }

  /** Whatever is damaged of what one task kept. */
  @Test
  void damagedJournalOfATask_keepsNoOtherWaiting() throws IOException {
    waiting = true;
    round(rounds());
    told.clear();
    try (var files = Files.walk(directory.resolve(kept).resolve(one.task.id().toString()))) {
      for (Path file : files.filter(path -> path.endsWith("request")).toList()) {
        Files.write(file, new byte[3]);
      }
    }
    round(rounds());
    assertThat(told)
        .as("told of, and asked for again: the leader finds the same collection for it")
        .containsExactly("one unopened", "one Waiting", "other Waiting");
  }

  @Test
  void batchesThatWait_areAskedForOnceARound_andKeepNoOtherTaskWaiting() {
    waiting = true;
    var rounds = rounds();
    var threeHours = batches(one, 3, Duration.ZERO);
    rounds.begin(Duration.ZERO);
    rounds.round(task(one), threeHours);
    rounds.round(task(other), plan(other));
    assertThat(told).containsExactly("one Waiting", "one Waiting", "one Waiting", "other Waiting");
    told.clear();
    rounds.begin(Duration.ZERO);
    rounds.round(task(one), threeHours);
    assertThat(told).containsExactly("one Waiting", "one Waiting", "one Waiting");
    assertThat(waits).isEqualTo(3);
    assertThat(asked.get(one.task.id())).isEqualTo(3);
  }

  @Test
  void batchesOfOtherUnitsThanTheTasks_areRefusedBeforeTheFirstRound() {
    var byLeader = task(aTask().leaderSelected().make());
    plan(one).require(task(one));
    var none = new CollectorConfiguration.Plan(directory, START, 0, Duration.ZERO);
    none.require(byLeader);
    for (long units : new long[] {0, -1}) {
      var wrong = new CollectorConfiguration.Plan(directory, START, units, Duration.ZERO);
      assertThatThrownBy(() -> wrong.require(task(one))).isInstanceOf(CommandFault.class);
    }
    assertThatThrownBy(() -> plan(one).require(byLeader)).isInstanceOf(CommandFault.class);
  }

  @Test
  void controlPlaneOrLeaderThatIsAway_isWaitedFor_andOtherTasksGoOn() {
    problems.put(one.task.id(), new DapAnswerException("", "", 0));
    problems.put(
        other.task.id(), new DapAnswerException("urn:ietf:params:ppm:dap:error:x", "no", 400));
    var rounds = rounds();
    round(rounds);
    assertThat(told).containsExactly("one away", "other Refused");
    told.clear();
    gate = Optional.of(new CommandFault(ExitCode.RETRYABLE, "无法访问", "cannot be reached"));
    now = START.plusSeconds(600);
    round(rounds);
    assertThat(told).containsExactly("one away", "other away");
  }

  @Test
  void keyOfAnotherCollector_isRefusedBeforeAnythingIsAskedFor() {
    CollectorKey.require(one.collectorKey, task(one));
    try (var wrong = HpkePrivateKey.random(new SecureRandom())) {
      assertThatThrownBy(() -> CollectorKey.require(wrong, task(one)))
          .isInstanceOf(CommandFault.class)
          .hasMessageContaining("nothing was asked for");
    }
  }
}

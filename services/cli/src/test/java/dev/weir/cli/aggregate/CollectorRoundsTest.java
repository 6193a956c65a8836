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
import dev.weir.dap.client.CollectionLeader;
import dev.weir.dap.client.DapAnswerException;
import dev.weir.dap.client.HttpAggregator.Collection;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.collection.CollectionJobResp;
import dev.weir.dap.collection.Query;
import dev.weir.dap.hpke.HpkeCiphertext;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.wire.Bytes;
import dev.weir.privacy.hpke.HpkePrivateKey;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process that stays makes of leaders that refuse, lie or are away. */
class CollectorRoundsTest {
  private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

  @TempDir private Path directory;

  private final RehearsalTask one = aTask().make();
  private final RehearsalTask other = aTask().make();
  private final List<String> told = new ArrayList<>();
  private final Map<TaskId, Integer> asked = new HashMap<>();
  private final Map<TaskId, RuntimeException> problems = new HashMap<>();
  private Instant now = START;
  private Optional<RuntimeException> gate = Optional.empty();

  private final class Leader implements CollectionLeader {
    @Override
    public Collection collect(TaskId task, CollectionJobReq request) {
      asked.merge(task, 1, Integer::sum);
      var problem = problems.get(task);
      if (problem != null) {
        throw problem;
      }
      var junk = new HpkeCiphertext(1, random(32), random(60));
      var interval = ((Query.OfInterval) request.query()).interval();
      return new Collection(
          URI.create("https://leader.example/1"),
          Optional.of(new CollectionJobResp(1_000, interval, junk, junk)));
    }

    @Override
    public Collection ask(Collection collection) {
      throw new AssertionError("it was answered at once");
    }

    @Override
    public void forget(Collection collection) {}
  }

  private static Bytes random(int length) {
    byte[] bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return Bytes.owning(bytes);
  }

  private CollectorRounds rounds() {
    InstantSource clock = () -> now;
    var collector =
        new Collector(
            new CollectionJournal(directory.resolve("kept")),
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
          public void outcome(PublicTask task, Outcome outcome) {
            told.add(name(task) + " " + outcome.getClass().getSimpleName());
          }

          @Override
          public void away(PublicTask task, RuntimeException why, boolean unopened) {
            told.add(name(task) + (unopened ? " unopened" : " away"));
          }
        });
  }

  private String name(PublicTask task) {
    return task.task().id().equals(one.task.id()) ? "one" : "other";
  }

  private static PublicTask task(RehearsalTask rehearsal) {
    var configuration = rehearsal.task.configuration().encoded();
    return PublicTask.of(
        new TaskView(
            rehearsal.task.id(),
            Base64Url.encode(configuration),
            configuration.sha256().hex(),
            rehearsal.terms,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  /** One batch, whose time is over. */
  private CollectorConfiguration.Plan plan(RehearsalTask rehearsal) {
    long precision = rehearsal.task.configuration().timePrecisionSeconds();
    return new CollectorConfiguration.Plan(
        directory, START.minus(Duration.ofSeconds(precision)), 1);
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

package dev.weir.aggregation;

import static dev.weir.aggregation.rehearsal.RehearsalTask.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.aggregation.rehearsal.RehearsalTask;
import dev.weir.aggregation.rehearsal.RehearsedBatch;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.task.LaneTopics;
import dev.weir.aggregation.task.Robustness;
import dev.weir.aggregation.task.StatedEpsilon;
import dev.weir.aggregation.task.TaskBook;
import dev.weir.aggregation.task.TaskDocument;
import dev.weir.aggregation.task.TaskStore;
import dev.weir.aggregation.task.VectorTerms;
import dev.weir.aggregation.upload.UploadLimit;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.profile.TaskInfo;
import dev.weir.dap.task.TaskConfiguration;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.privacy.noise.Rational;
import dev.weir.runtime.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tasks that say how records become vectors of integers. */
class VectorTaskTest {
  private static final VectorTerms TERMS = new VectorTerms(4, 2, 3, 10);
  private static final int LONGEST = 4_096;

  private final InstantSource clock = InstantSource.system();

  private static RehearsalTask.Shape shape(int length, long largest) {
    return aTask()
        .vectors(TERMS)
        .vdaf(new VdafConfiguration.SumVec(length, largest, 200))
        .nanoRho(2_000_000_000);
  }

  @Test
  void noise_isThatOfReplacingOneRecord() {
    var task = shape(5, 24).make().task;
    // (2 · 4)² / (2 · 2)
    assertThat(task.noiseVariance()).isEqualTo(Rational.of(16, 1));
    assertThat(task.terms().nanoRhoOfAllRounds()).isEqualTo(20_000_000_000L);
    // below the textbook's ρ + 2·√(ρ · ln 1/δ) = 53.25, above what no conversion can beat
    assertThat(StatedEpsilon.of(20_000_000_000L).epsilon()).isBetween(40.0, 53.25);
  }

  @Test
  void aVectorOf4096Elements_passesBothAggregators() {
    var rehearsal = shape(LONGEST, 24).nanoRho(1_000_000_000_000_000L).make();
    var encoding = rehearsal.task.encoding().orElseThrow();
    var one = new double[LONGEST];
    one[0] = 1;
    var last = new double[LONGEST];
    last[LONGEST - 1] = -7; // clipped to -1
    var batch = new RehearsedBatch(rehearsal, clock);
    for (int clinic = 0; clinic < 2; clinic++) {
      var report = rehearsal.maker(clinic, clock).make(encoding.encode(List.of(one, last)));
      assertThat(batch.add(report)).isTrue();
    }
    double[] sum = encoding.decode(batch.collect(), 2);
    assertThat(sum[0]).isEqualTo(2);
    assertThat(sum[1]).isZero();
    assertThat(sum[LONGEST - 1]).isEqualTo(-2);
  }

  @Test
  void aVectorWithoutAProof_passesBothAggregators_whateverIsInIt() {
    int length = 20_000;
    var rehearsal = unverified(length, 24).nanoRho(1_000_000_000_000_000L).make();
    var encoding = rehearsal.task.encoding().orElseThrow();
    var one = new double[length];
    one[length - 1] = 1;
    var batch = new RehearsedBatch(rehearsal, clock);
    for (int clinic = 0; clinic < 2; clinic++) {
      var report = rehearsal.maker(clinic, clock).make(encoding.encode(List.of(one, one)));
      assertThat(batch.add(report)).isTrue();
    }
    double[] sum = encoding.decode(batch.collect(), 2);
    assertThat(sum[length - 1]).isEqualTo(4);
    assertThat(sum[0]).isZero();
    assertThat(rehearsal.task.terms().notice()).isPresent();
    assertThat(rehearsal.task.noiseVariance()).isEqualTo(Rational.of(32, 1_000_000));
  }

  private static RehearsalTask.Shape unverified(int length, long largest) {
    return aTask().vectors(TERMS).vdaf(new VdafConfiguration.UnverifiedSumVec(length, largest));
  }

  @Test
  void robustness_isConcededInTheTerms_whereAndOnlyWhereItIsMissing() {
    var proven = aTask().make();
    var unproven = unverified(5, 24).make();
    assertThat(proven.terms.robustness()).isEmpty();
    assertThat(unproven.terms.robustness()).contains(Robustness.NONE);
    for (var pair : List.of(List.of(proven, unproven), List.of(unproven, proven))) {
      var terms = pair.getFirst().terms;
      var other = pair.getLast().task.configuration();
      var mixed =
          new TaskConfiguration(
              new TaskInfo(1, terms.sha256()).encoded(),
              other.leader(),
              other.helper(),
              other.timePrecisionSeconds(),
              other.minBatchReports(),
              other.batchMode(),
              other.batchConfig(),
              other.vdaf(),
              other.extensions());
      assertThatThrownBy(() -> AggregationTask.of(mixed, terms, pair.getFirst().seed))
          .hasMessageContaining("robustness");
    }
  }

  @Test
  void reportsHaveALimit_andAnUploadOfLargeOnesItsOwn() {
    var task = shape(LONGEST, 24).make().task;
    long most = task.mostReportBytes();
    assertThat(most).isGreaterThan(1 << 18);
    var limit =
        new UploadLimit(
            new TaskBook(
                new TaskStore() {
                  @Override
                  public Optional<AggregationTask> find(TaskId id) {
                    return Optional.of(task).filter(own -> own.id().equals(id));
                  }

                  @Override
                  public List<TaskId> all() {
                    return List.of(task.id());
                  }
                }));
    String path = "/dap/tasks/" + task.id() + "/reports";
    assertThat(limit.bytes("POST", path)).hasValue(most);
    for (String other :
        List.of(
            path + "/",
            "/dap/tasks/" + task.id() + "/collection_jobs",
            "/dap/tasks/" + "A".repeat(43) + "/reports",
            "/dap/tasks/" + "_".repeat(43) + "/reports")) {
      assertThat(limit.bytes("POST", other)).as(other).isEmpty();
    }
    assertThat(limit.bytes("PUT", path)).isEmpty();
    assertThatThrownBy(() -> unverified(600_000, 24).make()).hasMessageContaining("4 MiB");
  }

  @Test
  void taskWhoseReportsATopicDoesNotTake_isRefusedWithTheTopic() {
    var task = unverified(200_000, 24).make().task;
    int needed = task.mostReportBytes() + LaneTopics.FRAME_BYTES;
    LaneTopics old = new Topics(Map.of("leader.reports", needed, "leader.batches", 1 << 20));
    assertThatThrownBy(() -> old.require(task))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.type()).isEqualTo(ProblemType.WRONG_STATE);
              assertThat(problem.extensions())
                  .containsEntry("topic", "leader.batches")
                  .containsEntry("maxMessageBytes", 1 << 20)
                  .containsEntry("neededBytes", needed);
            });
    LaneTopics raised = new Topics(Map.of("leader.reports", needed, "leader.batches", needed));
    assertThatCode(() -> raised.require(task)).doesNotThrowAnyException();
    var small = aTask().make().task;
    assertThatCode(() -> old.require(small)).doesNotThrowAnyException();
  }

  /** What a broker says of topics that keep messages for 48 hours. */
  private record Topics(Map<String, Integer> mostMessageBytes) implements LaneTopics {
    @Override
    public Map<String, Duration> retention() {
      return Map.of("leader.reports", Duration.ofHours(48));
    }
  }

  @Test
  void taskWhoseReportsATopicForgets_isRefusedWithTheTopic() {
    var topics = new Topics(Map.of());
    long kept = 48 * RehearsalTask.HOUR;
    var fitting = aTask().maxAgeSeconds(kept).make().task;
    assertThatCode(() -> topics.require(fitting)).doesNotThrowAnyException();
    var longer = aTask().maxAgeSeconds(kept + 1).make().task;
    assertThatThrownBy(() -> topics.require(longer))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.type()).isEqualTo(ProblemType.WRONG_STATE);
              assertThat(problem.extensions())
                  .containsEntry("topic", "leader.reports")
                  .containsEntry("retentionSeconds", kept)
                  .containsEntry("neededSeconds", kept + 1);
            });
  }

  @Test
  void longerVectorsWithAProof_areNotSetUp_andThoseThatAreGoOn() {
    var longest = shape(LONGEST, 24).make();
    assertThat(document(longest).task().id()).isEqualTo(longest.task.id());
    var longer = shape(LONGEST + 1, 24).make();
    assertThatThrownBy(() -> document(longer).task())
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("4096");
    assertThat(document(unverified(LONGEST + 1, 24).make()).task()).isNotNull();
  }

  private static TaskDocument document(RehearsalTask set) {
    return new TaskDocument(
        Base64Url.encode(set.task.configuration().encoded()),
        set.terms,
        Base64Url.encode(set.seed));
  }

  @Test
  void aRangeThatIsNotTheEncodings_isRefused() {
    assertThatThrownBy(() -> shape(5, 25).make()).isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> shape(5, 24).vdaf(new VdafConfiguration.Count()).make())
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> new VectorTerms(0, 2, 3, 10)).isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> new VectorTerms(4, 2, 3, 0)).isInstanceOf(ProblemException.class);
  }

  @Test
  void termsWithoutVectors_haveTheDigestThatTheyHadBefore() {
    var plain = aTask().make().task.terms();
    assertThat(new String(Json.canonical(plain), StandardCharsets.UTF_8))
        .doesNotContain("vectors")
        .doesNotContain("AllRounds");
    assertThat(plain.nanoRhoOfAllRounds()).isEqualTo(plain.nanoRho());
  }
}

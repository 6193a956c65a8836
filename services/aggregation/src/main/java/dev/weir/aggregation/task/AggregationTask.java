package dev.weir.aggregation.task;

import dev.weir.dap.collection.BatchSelector;
import dev.weir.dap.hpke.HpkeConfig;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.profile.ContributorId;
import dev.weir.dap.profile.TaskInfo;
import dev.weir.dap.task.BatchMode;
import dev.weir.dap.task.Task;
import dev.weir.dap.task.TaskConfiguration;
import dev.weir.dap.task.TaskVdaf;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.privacy.noise.Rational;
import dev.weir.privacy.vdaf.FixedPointEncoding;
import dev.weir.privacy.vdaf.PingPong;
import dev.weir.privacy.vdaf.Prio3Instance;
import dev.weir.privacy.vdaf.UnverifiedVector;
import dev.weir.privacy.vdaf.Vdaf;
import dev.weir.privacy.vdaf.VdafInstance;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A task as one of its aggregators works with it: everything that can be wrong about it was checked
 * when this was made. Thread-safe.
 */
public final class AggregationTask {
  /** No task has larger reports; the lanes' topics carry that much and a little more. */
  public static final int MOST_REPORT_BYTES = 4 << 20;

  /** Buckets of the longest interval that is collected at once. */
  private static final long MAX_BUCKETS = 100_000;

  private static final int FEWEST = 2; // a sum over one is no aggregate

  /** Of a report beside its shares: 152 bytes of DAP, and the contributor's signature. */
  private static final int ENVELOPE_BYTES = 1_024;

  private final Task task;
  private final TaskTerms terms;
  private final TaskInfo info;
  private final VdafInstance instance;
  private final Vdaf vdaf;
  private final PingPong pingPong;
  private final HpkeConfig collectorKey;
  private final Map<ContributorId, Contributor> contributors;
  private final long mostReports;

  private AggregationTask(
      Task task, TaskTerms terms, TaskInfo info, VdafInstance instance, Bytes verifyKeySeed) {
    this.task = task;
    this.terms = terms;
    this.info = info;
    this.instance = instance;
    this.vdaf = TaskVdaf.of(task);
    this.pingPong = new PingPong(vdaf, VerifyKeys.derive(verifyKeySeed, task.id()));
    this.collectorKey = WireReader.whole(Base64Url.decode(terms.collectorKey()), HpkeConfig::read);
    this.contributors =
        terms.contributors().stream()
            .collect(Collectors.toUnmodifiableMap(Contributor::id, Function.identity()));
    this.mostReports = vdaf.mostReports(noise().tail());
  }

  /**
   * @param verifyKeySeed secret of the two operators
   * @throws dev.weir.kernel.ProblemException of type {@code VALIDATION_FAILED} that names the
   *     broken rule, or {@code DAP_INVALID_MESSAGE}
   */
  public static AggregationTask of(
      TaskConfiguration configuration, TaskTerms terms, Bytes verifyKeySeed) {
    var info = WireReader.whole(configuration.info(), TaskInfo::read);
    TaskTerms.require(
        info.termsSha256().equals(terms.sha256()), "a task_info that commits to its terms");
    TaskTerms.require(
        verifyKeySeed.length() == VerifyKeys.SEED_LENGTH
            && VerifyKeys.commitment(verifyKeySeed).equals(terms.verifyKeyCommitment()),
        "the seed that its terms commit to");
    TaskRules.check(configuration);
    var task =
        new AggregationTask(
            Task.of(configuration),
            terms,
            info,
            TaskVdaf.instance(configuration.vdaf()),
            verifyKeySeed);
    TaskTerms.require(
        task.collectorKey.isMandatorySuite(), "a collector's key of the mandatory suite");
    TaskTerms.require(
        terms.robustness().isEmpty() == task.instance.isRobust(),
        "robustness NONE in its terms where nothing proves a measurement, and only there");
    TaskTerms.require(task.mostReportBytes() <= MOST_REPORT_BYTES, "reports of at most 4 MiB");
    TaskTerms.require(
        task.encodingFits(), "sums of vectors up to the largest element of its encoding");
    return task;
  }

  public TaskId id() {
    return task.id();
  }

  public Task task() {
    return task;
  }

  public TaskConfiguration configuration() {
    return task.configuration();
  }

  public TaskTerms terms() {
    return terms;
  }

  public int lanes() {
    return info.lanes();
  }

  /**
   * Holds a task that is not set up yet against what no collection of it could ever be allowed.
   *
   * @throws dev.weir.kernel.ProblemException of type {@code VALIDATION_FAILED} that names the
   *     broken rule
   */
  public void requireCollectable() {
    TaskTerms.require(
        configuration().minBatchReports() >= FEWEST && terms.minContributors() >= FEWEST,
        "batches of at least 2 reports and 2 contributors");
    TaskTerms.require(collectorKey.isUsable(), "a collector's key that can be sealed to");
    TaskTerms.require(
        terms.vectors().isEmpty() || terms.maxReportsPerContributor() == 1,
        "one report of a contributor in a batch where a report holds many records");
    TaskTerms.require(
        configuration().minBatchReports() <= mostReportsOfLane(),
        "a field that holds the least batch and its noise in one lane");
  }

  /**
   * Holds a task that is not set up yet against the clock.
   *
   * @throws dev.weir.kernel.ProblemException of type {@code VALIDATION_FAILED} when all of its
   *     reports would be too old
   */
  public void requireAhead(Instant now) {
    TaskTerms.require(isAlive(now), "an interval that is not over");
  }

  /** Whether it can have such a batch at all, whoever names it. */
  public boolean canHave(BatchSelector batch) {
    return batch.mode() == configuration().batchMode()
        && (!(batch instanceof BatchSelector.OfInterval(TimeInterval interval))
            || interval.isSound() && Long.compareUnsigned(interval.duration(), MAX_BUCKETS) <= 0);
  }

  /** False when all of its reports are too old. */
  public boolean isAlive(Instant now) {
    long second = now.getEpochSecond() - terms().maxReportAgeSeconds();
    long unit = Math.ceilDiv(second, configuration().timePrecisionSeconds());
    return second < 0
        || configuration()
            .interval()
            .map(interval -> interval.start() + interval.duration())
            .filter(end -> Long.compareUnsigned(end, unit) < 0)
            .isEmpty();
  }

  public boolean isByInterval() {
    return configuration().batchMode() == BatchMode.TIME_INTERVAL;
  }

  public Vdaf vdaf() {
    return vdaf;
  }

  public PingPong pingPong() {
    return pingPong;
  }

  /** How many bytes a report of an honest contributor has at the most. */
  public int mostReportBytes() {
    var sizes = vdaf.sizes();
    return ENVELOPE_BYTES
        + sizes.publicShareBytes()
        + sizes.leaderShareBytes()
        + sizes.helperShareBytes();
  }

  /** How many reports a batch may have, so that its noised sum is told from any other. */
  public long mostReports() {
    return mostReports;
  }

  /**
   * How many of them each lane may take into one time unit, or into one batch that the leader
   * selects, so that no batch can become one that nobody may release.
   */
  public long mostReportsOfLane() {
    return mostReports / lanes();
  }

  public HpkeConfig collectorKey() {
    return collectorKey;
  }

  public Optional<Contributor> contributor(ContributorId id) {
    return Optional.ofNullable(contributors.get(id));
  }

  /** Seconds since 1970 in the task's units, rounded down. */
  public long units(long epochSeconds) {
    return Long.divideUnsigned(epochSeconds, configuration().timePrecisionSeconds());
  }

  /** Variance of the noise that one aggregator adds to each element. */
  public Rational noiseVariance() {
    return noise().variance();
  }

  /** What the terms promise about noise. */
  public TaskNoise noise() {
    return new TaskNoise(instance, vdaf.outputLength(), terms);
  }

  /** How records' vectors are clipped and encoded, in a task that says so. */
  public Optional<FixedPointEncoding> encoding() {
    return noise().encoding();
  }

  private boolean encodingFits() {
    return encoding().filter(encoding -> largest() != encoding.maxMeasurement()).isEmpty();
  }

  /** Of an element of a task's vectors; negative in a task of something else. */
  private long largest() {
    return switch (instance) {
      case Prio3Instance.SumVec(int length, long max, int chunk) -> max;
      case UnverifiedVector(int length, long max) -> max;
      case Prio3Instance other -> -1;
    };
  }

  @Override
  public String toString() {
    return "AggregationTask[" + id() + "]";
  }
}

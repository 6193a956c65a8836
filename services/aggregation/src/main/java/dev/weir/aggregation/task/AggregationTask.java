package dev.weir.aggregation.task;

import dev.weir.dap.DapEdition;
import dev.weir.dap.hpke.HpkeConfig;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.profile.ContributorId;
import dev.weir.dap.profile.TaskInfo;
import dev.weir.dap.task.BatchMode;
import dev.weir.dap.task.Task;
import dev.weir.dap.task.TaskConfiguration;
import dev.weir.dap.task.TaskVdaf;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.privacy.noise.Rational;
import dev.weir.privacy.vdaf.FixedPointEncoding;
import dev.weir.privacy.vdaf.PingPong;
import dev.weir.privacy.vdaf.Prio3;
import dev.weir.privacy.vdaf.Prio3Instance;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A task as one of its aggregators works with it: everything that can be wrong about it was checked
 * when this was made. Thread-safe.
 */
public final class AggregationTask {
  private final Task task;
  private final TaskTerms terms;
  private final TaskInfo info;
  private final Prio3Instance instance;
  private final Prio3 prio3;
  private final PingPong pingPong;
  private final HpkeConfig collectorKey;
  private final Map<ContributorId, Contributor> contributors;

  private AggregationTask(
      Task task, TaskTerms terms, TaskInfo info, Prio3Instance instance, Bytes verifyKeySeed) {
    this.task = task;
    this.terms = terms;
    this.info = info;
    this.instance = instance;
    this.prio3 = Prio3.of(instance, DapEdition.vdafContext(task.id()).toArray());
    this.pingPong = new PingPong(prio3, VerifyKeys.derive(verifyKeySeed, task.id()));
    this.collectorKey = WireReader.whole(Base64Url.decode(terms.collectorKey()), HpkeConfig::read);
    this.contributors =
        terms.contributors().stream()
            .collect(Collectors.toUnmodifiableMap(Contributor::id, Function.identity()));
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

  public boolean isByInterval() {
    return configuration().batchMode() == BatchMode.TIME_INTERVAL;
  }

  public Prio3 prio3() {
    return prio3;
  }

  public PingPong pingPong() {
    return pingPong;
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
    return new TaskNoise(instance, prio3.outputLength(), terms);
  }

  /** How records' vectors are clipped and encoded, in a task that says so. */
  public Optional<FixedPointEncoding> encoding() {
    return noise().encoding();
  }

  private boolean encodingFits() {
    return encoding()
        .filter(encoding ->
            !(instance instanceof Prio3Instance.SumVec(int length, long max, int chunk)
                && max == encoding.maxMeasurement()))
        .isEmpty();
  }

  @Override
  public String toString() {
    return "AggregationTask[" + id() + "]";
  }
}

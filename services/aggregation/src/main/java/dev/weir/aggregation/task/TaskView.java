package dev.weir.aggregation.task;

import dev.weir.dap.id.Base64Url;
import dev.weir.dap.id.TaskId;
import dev.weir.kernel.Bilingual;
import java.util.Optional;

/**
 * A task as anybody who takes part may see it.
 *
 * @param configuration DAP's, in base64url
 * @param configurationSha256 lower-case hex, for comparing with the other operator
 * @param notice what the task lacks of robustness
 * @param nanoRhoOfAllRounds in a task that says how often it may be collected, what that costs
 *     together: zCDP ρ·10⁻⁹ of one aggregator
 * @param epsilonOfAllRounds the same as (ε, δ), of one aggregator
 * @param cap how much one party weighs in a batch at the most
 */
public record TaskView(
    TaskId id,
    String configuration,
    String configurationSha256,
    TaskTerms terms,
    Optional<Bilingual> notice,
    Optional<Long> nanoRhoOfAllRounds,
    Optional<StatedEpsilon> epsilonOfAllRounds,
    Optional<Bilingual> cap) {
  private static Bilingual cap(AggregationTask task) {
    int cap = task.terms().maxReportsPerContributor();
    if (task.isByInterval() && task.encoding().isPresent()) {
      return new Bilingual(
          "每个主体（其全部密钥合计）在每个时间单位（" + task.configuration().timePrecisionSeconds() + " 秒，各为一个批次）内一份报告",
          "one report of a party, over all its keys, in each time unit ("
              + task.configuration().timePrecisionSeconds()
              + " s), which is a batch of its own");
    }
    return task.isByInterval()
        ? new Bilingual(
            "每个主体（其全部密钥合计）在每个时间单位（"
                + task.configuration().timePrecisionSeconds()
                + " 秒）内至多 "
                + cap
                + " 份报告；批次每含一个时间单位，上限即累加一次",
            "at most "
                + cap
                + " reports of a party, over all its keys, in each time unit ("
                + task.configuration().timePrecisionSeconds()
                + " s); a batch of several units takes so many of each")
        : new Bilingual(
            "每个主体（其全部密钥合计）在每个批次中至多 " + cap + " 份报告",
            "at most " + cap + " reports of a party, over all its keys, in a batch");
  }

  /** What anybody may see of it. */
  public static TaskView of(AggregationTask task) {
    var bytes = task.configuration().encoded();
    return new TaskView(
        task.id(),
        Base64Url.encode(bytes),
        bytes.sha256().hex(),
        task.terms(),
        task.terms().notice(),
        task.terms().rounds().map(rounds -> task.terms().nanoRhoOfAllRounds()),
        task.terms().rounds().map(rounds -> StatedEpsilon.of(task.terms().nanoRhoOfAllRounds())),
        Optional.of(cap(task)));
  }
}

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
 */
public record TaskView(
    TaskId id,
    String configuration,
    String configurationSha256,
    TaskTerms terms,
    Optional<Bilingual> notice,
    Optional<Long> nanoRhoOfAllRounds) {
  static TaskView of(AggregationTask task) {
    var bytes = task.configuration().encoded();
    return new TaskView(
        task.id(),
        Base64Url.encode(bytes),
        bytes.sha256().hex(),
        task.terms(),
        task.terms().notice(),
        task.terms().rounds().map(rounds -> task.terms().nanoRhoOfAllRounds()));
  }
}

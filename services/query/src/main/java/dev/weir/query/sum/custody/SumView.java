package dev.weir.query.sum.custody;

import dev.weir.kernel.LeafId;
import dev.weir.privacy.account.GaussianError;
import dev.weir.query.sum.SumTask;
import java.util.Optional;

/**
 * A batch as its consumer sees it.
 *
 * @param status {@code WAITING}, {@code RELEASED} or {@code REFUSED}
 * @param sum with noise; decimal
 * @param halfWidth95 the noise is at most so large with probability 95 %
 * @param unit what the noise protects: always the record, since nobody can bind records to persons
 *     under encryption
 * @param rangesProven always false: each department checks its own values
 */
public record SumView(
    String task,
    String window,
    String group,
    String status,
    Optional<String> sum,
    Optional<Long> halfWidth95,
    Optional<Integer> producers,
    Optional<Integer> inputs,
    String unit,
    boolean rangesProven,
    Optional<String> reason,
    Optional<LeafId> leaf) {

  static SumView of(SumTask task, SumOutcome outcome) {
    return switch (outcome.state()) {
      case KEPT -> waiting(task, outcome.batch().window(), outcome.batch().group());
      case RELEASED ->
          new SumView(
              task.id(),
              outcome.batch().window(),
              outcome.batch().group(),
              "RELEASED",
              outcome.noised().map(Object::toString),
              Optional.of(GaussianError.halfWidth95(task.noiseVariance())),
              Optional.of(outcome.producers()),
              Optional.of(outcome.inputs()),
              "record",
              false,
              Optional.empty(),
              outcome.leaf());
      case REFUSED ->
          new SumView(
              task.id(),
              outcome.batch().window(),
              outcome.batch().group(),
              "REFUSED",
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              "record",
              false,
              outcome.reason(),
              outcome.leaf());
    };
  }

  static SumView waiting(SumTask task, String window, String group) {
    return new SumView(
        task.id(),
        window,
        group,
        "WAITING",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "record",
        false,
        Optional.empty(),
        Optional.empty());
  }
}

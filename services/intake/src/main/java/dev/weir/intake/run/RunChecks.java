package dev.weir.intake.run;

import dev.weir.intake.child.WorkDirectory;
import dev.weir.intake.cleaning.Cleaner;
import dev.weir.intake.treatment.TreatmentCheck;
import dev.weir.kernel.data.RecordSchema;
import java.nio.file.Path;

/** Finds mistakes in a run's rules and treatments before it is accepted. Thread-safe. */
public final class RunChecks {
  private final Path workParent;

  /**
   * @param workParent where short-lived directories may be made
   */
  public RunChecks(Path workParent) {
    this.workParent = workParent;
  }

  /**
   * @throws dev.weir.kernel.ProblemException of type VALIDATION_FAILED, naming rule or column
   */
  void check(RecordSchema schema, RunSpec spec) {
    TreatmentCheck.check(schema, spec.treatments());
    try (var work = WorkDirectory.below(workParent);
        var cleaner = new Cleaner(schema, spec.cleaning(), (rule, sink) -> {}, work.path())) {
      // Compiling the rules is the check.
      java.util.Objects.requireNonNull(cleaner);
    }
  }
}

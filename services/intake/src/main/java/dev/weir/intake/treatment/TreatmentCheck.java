package dev.weir.intake.treatment;

import dev.weir.kernel.data.RecordSchema;
import java.util.List;

/** Checks treatments without a lineage's key. */
public final class TreatmentCheck {
  private TreatmentCheck() {}

  /**
   * @return the columns as they would be stored
   * @throws dev.weir.kernel.ProblemException of type VALIDATION_FAILED, naming the column
   */
  public static RecordSchema check(RecordSchema schema, List<ColumnTreatment> treatments) {
    try (var noKey = new LineageKey(new byte[LineageKey.KEY_BYTES])) {
      return TreatmentPlan.of(schema, treatments, noKey).treatedSchema();
    }
  }
}

package dev.weir.intake.treatment;

import dev.weir.intake.frame.Row;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.data.Column;
import dev.weir.kernel.data.RecordSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The compiled treatments of a run. A direct identifier is never kept as it is, and a person key is
 * pseudonymised or dropped; a column without a treatment is kept. Confined to one thread.
 */
public final class TreatmentPlan {
  private final RecordSchema treatedSchema;
  private final int[] sources; // [treated column] source column
  private final CellTreatment[] treatments; // [treated column]

  private TreatmentPlan(RecordSchema treatedSchema, int[] sources, CellTreatment[] treatments) {
    this.treatedSchema = treatedSchema;
    this.sources = sources;
    this.treatments = treatments;
  }

  /**
   * @throws ProblemException of type {@link ProblemType#VALIDATION_FAILED} when a treatment does
   *     not suit its column
   */
  public static TreatmentPlan of(
      RecordSchema schema, List<ColumnTreatment> treatments, LineageKey key) {
    Map<String, Treatment> byColumn = byColumn(schema, treatments);
    var columns = new ArrayList<Column>();
    var sources = new ArrayList<Integer>();
    var compiled = new ArrayList<CellTreatment>();
    for (int i = 0; i < schema.columns().size(); i++) {
      Column column = schema.columns().get(i);
      Treatment treatment =
          byColumn.getOrDefault(column.name().toLowerCase(Locale.ROOT), new Treatment.Keep());
      TreatmentRules.check(column, treatment, schema);
      if (!(treatment instanceof Treatment.Drop)) {
        columns.add(TreatmentRules.treated(column, treatment));
        sources.add(i);
        compiled.add(TreatmentCompiler.compile(column, treatment, schema, key));
      }
    }
    if (columns.isEmpty()) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED, "At least one column must not be dropped.");
    }
    return new TreatmentPlan(
        new RecordSchema(columns),
        sources.stream().mapToInt(Integer::intValue).toArray(),
        compiled.toArray(CellTreatment[]::new));
  }

  private static Map<String, Treatment> byColumn(
      RecordSchema schema, List<ColumnTreatment> treatments) {
    var byColumn = new HashMap<String, Treatment>();
    for (ColumnTreatment each : treatments) {
      boolean known = schema.column(each.column()).isPresent();
      if (!known
          || byColumn.put(each.column().toLowerCase(Locale.ROOT), each.treatment()) != null) {
        throw new ProblemException(
            ProblemType.VALIDATION_FAILED,
            "Each treatment names a column of the schema, and each column once.");
      }
    }
    return byColumn;
  }

  /** The columns as they are stored: names stay, types follow the treatment, levels never fall. */
  public RecordSchema treatedSchema() {
    return treatedSchema;
  }

  /** Writes the treated row. */
  public void treat(Row source, Row treated) {
    treated.begin(source.ordinal());
    for (int i = 0; i < sources.length; i++) {
      if (!source.isNull(sources[i])) {
        treatments[i].treat(source, sources[i], treated, i);
      }
    }
  }
}

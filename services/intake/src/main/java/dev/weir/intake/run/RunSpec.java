package dev.weir.intake.run;

import dev.weir.intake.cleaning.CleaningRule;
import dev.weir.intake.treatment.ColumnTreatment;
import dev.weir.kernel.ResourceId;
import dev.weir.kernel.SourceId;
import java.util.List;

/** What the provider asks for: which source into which resource, cleaned and treated how. */
public record RunSpec(
    ResourceId resourceId,
    SourceId sourceId,
    List<CleaningRule> cleaning,
    List<ColumnTreatment> treatments) {
  public RunSpec {
    cleaning = List.copyOf(cleaning);
    treatments = List.copyOf(treatments);
  }
}

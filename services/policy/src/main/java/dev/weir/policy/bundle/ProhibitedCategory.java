package dev.weir.policy.bundle;

import dev.weir.kernel.Bilingual;
import dev.weir.kernel.data.LegalClass;
import dev.weir.kernel.data.RecordSchema;
import org.jspecify.annotations.Nullable;

/**
 * A category of resources that cannot be authorised, whatever the prohibited list says. Exactly one
 * of openness, legal class and level is set.
 *
 * @param id rule id
 * @param openness prohibited when the resource's openness equals it
 * @param legalClass prohibited from this class upwards
 * @param level prohibited from this level upwards
 */
public record ProhibitedCategory(
    String id,
    @Nullable String openness,
    @Nullable LegalClass legalClass,
    @Nullable Integer level,
    Bilingual reason) {
  public ProhibitedCategory {
    long set =
        java.util.stream.Stream.of(openness != null, legalClass != null, level != null)
            .filter(present -> present)
            .count();
    if (set != 1) {
      throw new IllegalArgumentException("a prohibited category has exactly one condition");
    }
  }

  boolean covers(RecordSchema schema, String resourceOpenness) {
    return resourceOpenness.equals(openness)
        || (legalClass != null && schema.legalClass().compareTo(legalClass) >= 0)
        || (level != null && schema.level() >= level);
  }
}

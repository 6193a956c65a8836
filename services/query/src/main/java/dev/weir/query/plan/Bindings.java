package dev.weir.query.plan;

import dev.weir.kernel.ResourceId;
import java.util.Map;

/**
 * What a plan needs to know when it runs.
 *
 * @param versions the sealed version of every resource of the plan
 * @param selectionKey decides which rows of a person count when the person has more than the bound;
 *     secret, the same for every query of a lineage, at least 16 characters
 */
public record Bindings(Map<ResourceId, Long> versions, String selectionKey) {
  public Bindings {
    versions = Map.copyOf(versions);
  }

  @Override
  public String toString() {
    return "Bindings[versions=" + versions + "]";
  }
}

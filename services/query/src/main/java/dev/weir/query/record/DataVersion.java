package dev.weir.query.record;

import dev.weir.kernel.ResourceId;
import dev.weir.kernel.data.RecordSchema;
import dev.weir.query.plan.render.EngineTables;

/**
 * A sealed intake run of a resource.
 *
 * @param number 1, 2, 3 … per resource
 * @param columns the treated columns
 * @param records how many records it holds
 */
public record DataVersion(ResourceId resourceId, long number, RecordSchema columns, long records) {

  /**
   * The table that holds it beside other versions of the resource, in every engine; safe as an
   * unquoted SQL name.
   */
  public String tableName() {
    return EngineTables.table(resourceId);
  }
}

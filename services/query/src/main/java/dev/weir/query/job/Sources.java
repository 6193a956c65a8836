package dev.weir.query.job;

import dev.weir.kernel.LineageId;
import dev.weir.kernel.ResourceId;
import dev.weir.query.record.DataVersion;
import java.util.Map;

/**
 * The sealed versions a query runs over.
 *
 * @param versions by resource
 * @param byLineage version number by lineage; a lineage with several resources in one query has the
 *     sum, which changes with each of them
 * @param byTable version number by table name, for the answer
 */
record Sources(
    Map<ResourceId, DataVersion> versions,
    Map<LineageId, Long> byLineage,
    Map<String, Long> byTable) {
  Sources {
    versions = Map.copyOf(versions);
    byLineage = Map.copyOf(byLineage);
    byTable = Map.copyOf(byTable);
  }
}

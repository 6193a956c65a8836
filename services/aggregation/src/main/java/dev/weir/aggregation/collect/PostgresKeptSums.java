package dev.weir.aggregation.collect;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Collections whose lanes hold sums; every method works in the caller's transaction. */
final class PostgresKeptSums {
  private PostgresKeptSums() {}

  /** Those that are done. */
  static List<CollectionId> ofDone(Handle handle) {
    return handle
        .createQuery(
            "select collection_id from collections where state = 'DONE' and not sums_forgotten")
        .mapTo(UUID.class)
        .map(CollectionId::new)
        .list();
  }

  static void forgotten(Handle handle, CollectionId id) {
    handle
        .createUpdate("update collections set sums_forgotten = true where collection_id = :id")
        .bind("id", id.value())
        .execute();
  }
}

package dev.weir.aggregation.collect;

import dev.weir.aggregation.lane.Marker;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Lanes of this aggregator hold the exact share of a batch until they hear that its collection is
 * done. Thread-safe.
 */
public final class KeptSums {
  private final DeskParts parts;
  private final LaneMarkers markers;

  /**
   * @param markers through this aggregator's own lanes
   */
  KeptSums(DeskParts parts, LaneMarkers markers) {
    this.parts = parts;
    this.markers = markers;
  }

  /** Tells the lanes of every collection that is done, again until they have heard it. */
  public void step() {
    var kept =
        parts
            .database()
            .asService(
                "collection.kept-sums",
                handle ->
                    handle
                        .createQuery(
                            """
                            select collection_id from collections
                            where state = 'DONE' and not sums_forgotten
                            """)
                        .mapTo(UUID.class)
                        .map(CollectionId::new)
                        .list());
    EachCollection.step(kept, this::forget);
  }

  private void forget(CollectionId id) {
    parts
        .database()
        .asService("collection.find", handle -> PostgresCollectionStore.any(handle, id))
        .ifPresent(row ->
            parts
                .tasks()
                .find(row.task())
                .ifPresent(task ->
                    markers.send(task, new Marker(id.bytes(), Marker.Kind.FORGET, row.batch()))));
    parts
        .database()
        .asService(
            "collection.sums-forgotten",
            handle -> {
              noteForgotten(handle, id);
              return true;
            });
  }

  private static void noteForgotten(Handle handle, CollectionId id) {
    handle
        .createUpdate("update collections set sums_forgotten = true where collection_id = :id")
        .bind("id", id.value())
        .execute();
  }
}

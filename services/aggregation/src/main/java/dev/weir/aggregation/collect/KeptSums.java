package dev.weir.aggregation.collect;

import dev.weir.aggregation.lane.Marker;

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
    var kept = parts.database().asService("collection.kept-sums", PostgresKeptSums::ofDone);
    EachOne.step(kept, this::forget);
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
              PostgresKeptSums.forgotten(handle, id);
              return true;
            });
  }
}

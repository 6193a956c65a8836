package dev.weir.aggregation.collect;

import dev.weir.aggregation.lane.LaneShare;
import dev.weir.dap.wire.WireReader;
import dev.weir.runtime.sql.Database;

/** Takes what lanes tell into the database. Thread-safe. */
public final class LaneShareIntake {
  private final Database database;

  public LaneShareIntake(Database database) {
    this.database = database;
  }

  public void take(byte[] key, byte[] value) {
    LaneShare share = WireReader.whole(value, LaneShare::read);
    database.asService(
        "collection.lane-share",
        handle -> {
          PostgresCollectionStore.laneShare(handle, share);
          return true;
        });
  }
}

package dev.weir.query.rollup;

import dev.weir.schemas.avro.CellTile;
import dev.weir.schemas.avro.EpochClosed;
import java.nio.ByteBuffer;
import java.time.temporal.ChronoUnit;

/** Cells and epochs as they stand in their topics. */
final class CellMessages {
  static final String CELLS_TOPIC = "query.cells";
  static final String EPOCHS_TOPIC = "query.epochs";

  private CellMessages() {}

  /** {@code contract/rollup}; the newest epoch replaces the one before. */
  static String key(Epoch epoch) {
    return epoch.contractId() + "/" + epoch.rollupId();
  }

  /** {@code contract/rollup/first cell}; newer cells replace those before. */
  static String key(Epoch epoch, PublishedCells.Tile tile) {
    return key(epoch) + "/" + tile.firstCell();
  }

  static CellTile tile(Epoch epoch, PublishedCells.Tile tile) {
    return new CellTile(
        epoch.contractId().toString(),
        epoch.rollupId(),
        epoch.dataVersion(),
        tile.firstCell(),
        epoch.width(),
        tile.values(),
        ByteBuffer.wrap(tile.shown().toByteArray()));
  }

  static EpochClosed closed(Epoch epoch, int tiles) {
    return new EpochClosed(
        epoch.contractId().toString(),
        epoch.productId().toString(),
        epoch.rollupId(),
        epoch.dataVersion(),
        epoch.kind().name(),
        epoch.cells(),
        epoch.width(),
        tiles,
        epoch.nanoRho(),
        epoch.root(),
        epoch.leaf().toString(),
        epoch.closedAt().truncatedTo(ChronoUnit.MICROS));
  }
}

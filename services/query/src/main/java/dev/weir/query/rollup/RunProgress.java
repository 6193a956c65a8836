package dev.weir.query.rollup;

import java.nio.ByteBuffer;

/**
 * How many of a run's records have been counted, and whether one of them could not be read.
 *
 * @param version 0 until a readable record was seen
 */
record RunProgress(long version, long records, boolean spoilt) {
  static final RunProgress NONE = new RunProgress(0, 0, false);
  private static final int BYTES = 17;

  RunProgress with(Contribution contribution) {
    return new RunProgress(
        Math.max(version, contribution.version()),
        records + 1,
        spoilt || contribution.cell() == Contribution.UNREADABLE);
  }

  byte[] bytes() {
    return ByteBuffer.allocate(BYTES)
        .putLong(version)
        .putLong(records)
        .put((byte) (spoilt ? 1 : 0))
        .array();
  }

  static RunProgress of(byte[] bytes) {
    var read = ByteBuffer.wrap(bytes);
    return new RunProgress(read.getLong(), read.getLong(), read.get() == 1);
  }
}

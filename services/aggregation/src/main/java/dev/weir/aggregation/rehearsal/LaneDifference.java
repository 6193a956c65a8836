package dev.weir.aggregation.rehearsal;

import dev.weir.aggregation.lane.Bucket;
import dev.weir.aggregation.lane.LaneShare;
import dev.weir.aggregation.lane.Marker;
import dev.weir.dap.DapRole;
import dev.weir.dap.wire.Bytes;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Lanes of one side that do not hold what the other side's hold, as after a table was restored from
 * an old copy: by a report more, or by another report in place of one. Immutable.
 *
 * @param side empty when both hold the same
 */
record LaneDifference(Optional<DapRole> side, boolean inNumber) {
  static LaneDifference none() {
    return new LaneDifference(Optional.empty(), false);
  }

  static LaneDifference random(RandomGenerator random) {
    var side = random.nextBoolean() ? DapRole.LEADER : DapRole.HELPER;
    return new LaneDifference(Optional.of(side), random.nextBoolean());
  }

  boolean isAny() {
    return side.isPresent();
  }

  /** What a lane of a side tells of a batch that it closed. */
  LaneShare at(DapRole role, LaneShare share) {
    boolean differs =
        side.filter(role::equals).isPresent()
            && share.marker().kind() == Marker.Kind.CLOSE
            && share.sum().reports() > 0;
    return differs
        ? new LaneShare(
            share.task(),
            share.marker(),
            share.lane(),
            share.free(),
            other(share.sum(), share.lane()),
            share.contributors(),
            share.refused(),
            share.refusedOfTask())
        : share;
  }

  private Bucket other(Bucket sum, int lane) {
    var report = Bytes.owning(new byte[] {(byte) lane}).sha256();
    return new Bucket(
        sum.reports() + (inNumber ? 1 : 0),
        sum.checksum().xor(report),
        sum.first(),
        sum.last(),
        sum.share());
  }
}

package dev.weir.aggregation.lane;

import dev.weir.aggregation.verify.Reason;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a lane holds of a batch when a marker passes. It names task and batch: the marker is another
 * party's, and so is the request that the share will be held against. Secret. Immutable.
 *
 * @param free false when the batch overlaps one that was closed for another collection; then there
 *     is nothing in it
 * @param contributors how many different parties contributed; each is in one lane only
 * @param refused reports of the task refused so far, by reason
 */
public record LaneShare(
    TaskId task,
    Marker marker,
    int lane,
    boolean free,
    Bucket sum,
    long contributors,
    Map<Reason, Long> refused)
    implements WireMessage {
  public LaneShare {
    refused = Map.copyOf(refused);
  }

  public static LaneShare read(WireReader in) {
    return new LaneShare(
        TaskId.read(in),
        Marker.read(in),
        in.u16(),
        in.u8() == 1,
        Bucket.read(in),
        in.u32(),
        tallies(in.list16(Tally::read)));
  }

  @Override
  public void writeTo(WireWriter out) {
    out.message(task)
        .message(marker)
        .u16(lane)
        .u8(free ? 1 : 0)
        .message(sum)
        .u32(contributors)
        .v16(
            refused.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> new Tally(e.getKey(), e.getValue()))
                .toList());
  }

  private static Map<Reason, Long> tallies(List<Tally> list) {
    var tallies = new EnumMap<Reason, Long>(Reason.class);
    list.forEach(tally -> tallies.put(tally.reason, tally.count));
    return tallies;
  }

  private record Tally(Reason reason, long count) implements WireMessage {
    static Tally read(WireReader in) {
      int code = in.u8();
      if (code >= Reason.values().length) {
        throw WireReader.malformed("The reason is not known.");
      }
      return new Tally(Reason.values()[code], in.u64());
    }

    @Override
    public void writeTo(WireWriter out) {
      out.u8(reason.ordinal()).u64(count);
    }
  }
}

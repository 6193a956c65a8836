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
 * @param refused reports that would have been counted in the batch, by the reason they were not
 * @param refusedOfTask all reports of the task refused so far, those of no batch among them
 */
public record LaneShare(
    TaskId task,
    Marker marker,
    int lane,
    boolean free,
    Bucket sum,
    long contributors,
    Map<Reason, Long> refused,
    Map<Reason, Long> refusedOfTask)
    implements WireMessage {
  public LaneShare {
    refused = Map.copyOf(refused);
    refusedOfTask = Map.copyOf(refusedOfTask);
  }

  public static LaneShare read(WireReader in) {
    var task = TaskId.read(in);
    var marker = Marker.read(in);
    int lane = in.u16();
    boolean free = in.u8() == 1;
    var sum = Bucket.read(in);
    long contributors = in.u32();
    var refusedOfTask = tallies(in.list16(Tally::read));
    return new LaneShare(task, marker, lane, free, sum, contributors, ofBatch(in), refusedOfTask);
  }

  /** Shares that were told before there was such a list end here. */
  private static Map<Reason, Long> ofBatch(WireReader in) {
    var lists = in.rest(one -> tallies(one.list16(Tally::read)));
    if (lists.size() > 1) {
      throw WireReader.malformed("A share ends with one list.");
    }
    return lists.isEmpty() ? Map.of() : lists.getFirst();
  }

  @Override
  public void writeTo(WireWriter out) {
    out.message(task)
        .message(marker)
        .u16(lane)
        .u8(free ? 1 : 0)
        .message(sum)
        .u32(contributors)
        .v16(list(refusedOfTask))
        .v16(list(refused));
  }

  private static List<Tally> list(Map<Reason, Long> tallies) {
    return tallies.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(e -> new Tally(e.getKey(), e.getValue()))
        .toList();
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

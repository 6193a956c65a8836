package dev.weir.aggregation.lane;

import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;
import java.time.Instant;
import java.util.Optional;

/**
 * The numbers of the messages between two lanes. Inside a broker each message comes once; what
 * carries them from one cluster to another may bring some of them again, and a refusal decided on
 * twice under two clocks may come out differently. Confined to the lane's thread.
 */
public final class LaneNumbers {
  /** Bytes of a number: when its lane began to count, and how many it had said. */
  public static final int LENGTH = 2 * Long.BYTES;

  private static final Bytes ONLY = LaneKeys.number(0);

  private final LaneStore store;

  LaneNumbers(LaneStore store) {
    this.store = store;
  }

  /** How a message stands to those before it. */
  public enum Heard {
    NEXT,
    /** Messages between it and the one before have not come. */
    AFTER_A_GAP,
    /** It came before, and what it does was done. */
    REPEATED
  }

  private record Number(long begun, long count) {
    static Number read(WireReader in) {
      return new Number(in.u64(), in.u64());
    }

    Bytes encoded() {
      return new WireWriter().u64(begun).u64(count).toBytes();
    }
  }

  /**
   * The number of the next message to the other aggregator.
   *
   * @param now what tells a lane that begins anew from what it was
   */
  public Bytes say(Instant now) {
    var before = last(LaneTable.SAID).orElseGet(() -> new Number(now.toEpochMilli(), 0));
    var next = new Number(before.begun, before.count + 1).encoded();
    store.put(LaneTable.SAID, ONLY, next);
    return next;
  }

  /**
   * Notes the number of a message; one without a number, of a peer that gives none, is always the
   * next. The other lane alone is harmed by numbers that it makes up.
   */
  public Heard hear(Optional<Bytes> number) {
    var said = number.filter(bytes -> bytes.length() == LENGTH).map(LaneNumbers::read);
    if (said.isEmpty()) {
      return Heard.NEXT;
    }
    var now = said.get();
    long before =
        last(LaneTable.HEARD)
            .filter(last -> last.begun == now.begun)
            .map(Number::count)
            .orElse(now.count - 1);
    if (now.count <= before) {
      return Heard.REPEATED;
    }
    store.put(LaneTable.HEARD, ONLY, now.encoded());
    return now.count == before + 1 ? Heard.NEXT : Heard.AFTER_A_GAP;
  }

  private Optional<Number> last(LaneTable table) {
    return store.get(table, ONLY).map(LaneNumbers::read);
  }

  private static Number read(Bytes bytes) {
    return WireReader.whole(bytes, Number::read);
  }
}

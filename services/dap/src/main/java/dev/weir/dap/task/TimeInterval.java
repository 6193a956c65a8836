package dev.weir.dap.task;

import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;

/**
 * The half-open interval [start, start + duration), in units of the task's time precision since
 * 1970, both unsigned. Immutable.
 */
public record TimeInterval(long start, long duration) implements WireMessage {
  public static TimeInterval read(WireReader in) {
    return new TimeInterval(in.u64(), in.u64());
  }

  /** The smallest interval that contains both times. */
  public static TimeInterval covering(long first, long last) {
    return new TimeInterval(first, last - first + 1);
  }

  /** True when it contains a time, and its end is one that can be written. */
  public boolean isSound() {
    return duration != 0 && Long.compareUnsigned(start + duration, start) > 0;
  }

  public boolean contains(long time) {
    return Long.compareUnsigned(time, start) >= 0
        && Long.compareUnsigned(time - start, duration) < 0;
  }

  public boolean contains(TimeInterval other) {
    return other.isSound()
        && contains(other.start)
        && Long.compareUnsigned(other.start - start + other.duration, duration) <= 0;
  }

  public boolean overlaps(TimeInterval other) {
    return contains(other.start) || other.contains(start);
  }

  @Override
  public void writeTo(WireWriter out) {
    out.u64(start).u64(duration);
  }
}

package dev.weir.dap.task;

import dev.weir.dap.wire.WireReader;

/** How reports are gathered into batches; the code on the wire is the place plus one. */
public enum BatchMode {
  /** A batch is all reports of an interval that the collector names. */
  TIME_INTERVAL,
  /** A batch is what the leader has put together. */
  LEADER_SELECTED;

  public int code() {
    return ordinal() + 1;
  }

  public static BatchMode read(WireReader in) {
    return switch (in.u8()) {
      case 1 -> TIME_INTERVAL;
      case 2 -> LEADER_SELECTED;
      default -> throw WireReader.malformed("The batch mode is not known.");
    };
  }
}

package dev.weir.dap.profile;

import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;

/**
 * The {@code task_info} of our tasks. Through it every rule of the task is bound to every share: a
 * party that holds other terms opens nothing. Immutable.
 *
 * @param lanes how many partitions carry the task, 1 to 65,535; never changes
 * @param termsSha256 digest of the canonical JSON of the task's terms, 32 bytes
 */
public record TaskInfo(int lanes, Bytes termsSha256) implements WireMessage {
  private static final int VERSION = 1;
  private static final int DIGEST_LENGTH = 32;

  public TaskInfo {
    if (lanes < 1 || lanes > 0xffff || termsSha256.length() != DIGEST_LENGTH) {
      throw WireReader.malformed("The task's info names its lanes and the digest of its terms.");
    }
  }

  public static TaskInfo read(WireReader in) {
    if (in.u8() != VERSION) {
      throw WireReader.malformed("The task's info is of another version.");
    }
    return new TaskInfo(in.u16(), in.raw(DIGEST_LENGTH));
  }

  @Override
  public void writeTo(WireWriter out) {
    out.u8(VERSION).u16(lanes).raw(termsSha256);
  }
}

package dev.weir.dap;

import dev.weir.dap.id.TaskId;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireWriter;
import java.nio.charset.StandardCharsets;

/** Every byte that changes when the next edition of DAP comes. */
public final class DapEdition {
  /** Edition 18, as it stands in all domain separation strings. */
  public static final String TAG = "dap-18";

  private DapEdition() {}

  /** The context string of every VDAF call, 38 bytes. */
  public static Bytes vdafContext(TaskId task) {
    return new WireWriter().raw(ascii(TAG)).message(task).toBytes();
  }

  /**
   * The HPKE info of an input share, sealed by the client.
   *
   * @param receiver leader or helper
   */
  public static Bytes inputShareInfo(DapRole receiver) {
    return info(" input share", DapRole.CLIENT, receiver);
  }

  /**
   * The HPKE info of an aggregate share, sealed for the collector.
   *
   * @param sender leader or helper
   */
  public static Bytes aggregateShareInfo(DapRole sender) {
    return info(" aggregate share", sender, DapRole.COLLECTOR);
  }

  private static Bytes info(String use, DapRole sender, DapRole receiver) {
    return new WireWriter().raw(ascii(TAG + use)).u8(sender.code()).u8(receiver.code()).toBytes();
  }

  private static Bytes ascii(String text) {
    return Bytes.owning(text.getBytes(StandardCharsets.US_ASCII));
  }
}

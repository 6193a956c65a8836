package dev.weir.dap.profile;

import dev.weir.dap.id.ReportId;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireWriter;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * Which of a task's partitions a report belongs to, so that everything about it is known in one
 * place. A contributor draws report ids until one falls into its party's lane: then what is known
 * there includes all that the party ever sent, with whichever of its keys. An id keeps its
 * randomness but for log₂(lanes) bits.
 */
public final class Lane {
  private Lane() {}

  /** The lane of a report, from 0. */
  public static int of(TaskId task, ReportId report, int lanes) {
    return lane(task, report.bytes(), lanes);
  }

  /** The lane of everything that a party's contributors send, from 0. */
  public static int of(TaskId task, PartyId party, int lanes) {
    return lane(task, party.bytes(), lanes);
  }

  /** A fresh id in the party's lane. */
  public static ReportId draw(TaskId task, PartyId party, int lanes, SecureRandom random) {
    int own = of(task, party, lanes);
    while (true) {
      var id = ReportId.random(random);
      if (of(task, id, lanes) == own) {
        return id;
      }
    }
  }

  private static int lane(TaskId task, Bytes id, int lanes) {
    var digest = new WireWriter().message(task).raw(id).toBytes().sha256();
    return Integer.remainderUnsigned(ByteBuffer.wrap(digest.toArray()).getInt(), lanes);
  }
}

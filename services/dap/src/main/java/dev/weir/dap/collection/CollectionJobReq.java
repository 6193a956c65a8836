package dev.weir.dap.collection;

import dev.weir.dap.report.Extension;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;
import java.util.List;

/**
 * The collector's request; its exact bytes are bound into both aggregate shares. Immutable.
 *
 * @param aggregationParameter empty for Prio3
 * @param extensions order not checked here
 */
public record CollectionJobReq(Query query, Bytes aggregationParameter, List<Extension> extensions)
    implements WireMessage {
  public CollectionJobReq {
    extensions = List.copyOf(extensions);
  }

  /** For Prio3, without extensions. */
  public static CollectionJobReq of(Query query) {
    return new CollectionJobReq(query, Bytes.EMPTY, List.of());
  }

  public static CollectionJobReq read(WireReader in) {
    return new CollectionJobReq(Query.read(in), in.v32(), in.list16(Extension::read));
  }

  @Override
  public void writeTo(WireWriter out) {
    out.message(query).v32(aggregationParameter).v16(extensions);
  }
}

package dev.weir.dap.report;

import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;
import java.util.List;
import java.util.Optional;

/**
 * An extension of a task, report or job. Immutable.
 *
 * @param type code point, 1 to 65,535; each kind of list has code points of its own
 */
public record Extension(int type, Bytes data) implements WireMessage {
  public static Extension read(WireReader in) {
    int type = in.u16();
    if (type == 0) {
      throw WireReader.malformed("The extension type 0 is reserved.");
    }
    return new Extension(type, in.v16());
  }

  /** True when the types rise from each to the next, so that none is there twice. */
  public static boolean strictlyIncreasing(List<Extension> list) {
    for (int i = 1; i < list.size(); i++) {
      if (list.get(i - 1).type >= list.get(i).type) {
        return false;
      }
    }
    return true;
  }

  public static Optional<Bytes> find(List<Extension> list, int type) {
    return list.stream().filter(e -> e.type == type).map(Extension::data).findFirst();
  }

  @Override
  public void writeTo(WireWriter out) {
    out.u16(type).v16(data);
  }
}

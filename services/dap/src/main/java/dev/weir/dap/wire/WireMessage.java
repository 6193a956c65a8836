package dev.weir.dap.wire;

/** Something with one canonical encoding: equal messages have equal bytes. */
public interface WireMessage {
  void writeTo(WireWriter out);

  /** The whole encoding. */
  default Bytes encoded() {
    var out = new WireWriter();
    writeTo(out);
    return out.toBytes();
  }
}

package dev.weir.he;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** 32-bit words for the native side. */
final class Ints {
  private Ints() {}

  static ByteBuffer direct(List<Integer> values) {
    var buffer =
        ByteBuffer.allocateDirect(values.size() * Integer.BYTES).order(ByteOrder.nativeOrder());
    values.forEach(buffer::putInt);
    return buffer.flip();
  }
}

package dev.weir.aggregation.stream;

import dev.weir.aggregation.lane.Marker;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;
import java.util.function.Function;

/**
 * The value of a message in a lane's topic: one byte, then a message of DAP as it is, or a marker.
 *
 * @param <T> the message of DAP
 */
public sealed interface Carried<T extends WireMessage> {
  record Item<T extends WireMessage>(T message) implements Carried<T> {}

  record Marked<T extends WireMessage>(Marker marker) implements Carried<T> {}

  /**
   * @throws dev.weir.kernel.ProblemException when the bytes are neither
   */
  static <T extends WireMessage> Carried<T> read(byte[] value, Function<WireReader, T> decoder) {
    return WireReader.whole(
        value,
        in ->
            switch (in.u8()) {
              case 0 -> new Item<T>(decoder.apply(in));
              case 1 -> new Marked<T>(Marker.read(in));
              default -> throw WireReader.malformed("The message is of no known kind.");
            });
  }

  static Bytes item(WireMessage message) {
    return new WireWriter().u8(0).message(message).toBytes();
  }

  static Bytes marker(Marker marker) {
    return new WireWriter().u8(1).message(marker).toBytes();
  }
}

package dev.weir.query.sum;

import com.fasterxml.jackson.databind.ObjectReader;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What stands on the topic of inputs. */
public sealed interface InputMessage {
  /**
   * @param ciphertext as it came, not looked at
   */
  record Input(SignedInput signed, ByteBuffer ciphertext) implements InputMessage {}

  record Close(WindowClose close) implements InputMessage {}

  /** The id of the task it says it is for. */
  default String task() {
    return switch (this) {
      case Input input -> input.signed().statement().batch().task();
      case Close close -> close.close().task();
    };
  }

  default byte[] toBytes() {
    return switch (this) {
      case Input input -> SumFrame.write(Magic.INPUT, input.signed(), input.ciphertext());
      case Close close -> SumFrame.write(Magic.CLOSE, close.close(), ByteBuffer.allocate(0));
    };
  }

  /** Empty when the bytes are neither. Nothing is verified yet. */
  static Optional<InputMessage> read(byte @Nullable [] message) {
    Optional<SumFrame<SignedInput>> input = SumFrame.read(Magic.INPUT, Magic.INPUT_READER, message);
    if (input.isPresent()) {
      return input.map(frame -> new Input(frame.document(), frame.rest()));
    }
    Optional<SumFrame<WindowClose>> close = SumFrame.read(Magic.CLOSE, Magic.CLOSE_READER, message);
    return close
        .filter(frame -> !frame.rest().hasRemaining())
        .map(frame -> new Close(frame.document()));
  }

  /** First bytes and readers of the two kinds. */
  final class Magic {
    private static final int INPUT = 0x57534931; // "WSI1"
    private static final int CLOSE = 0x57534331; // "WSC1"
    private static final ObjectReader INPUT_READER = SumFrame.reader(SignedInput.class);
    private static final ObjectReader CLOSE_READER = SumFrame.reader(WindowClose.class);

    private Magic() {}
  }
}

package dev.weir.privacy.vdaf;

import dev.weir.privacy.vdaf.RejectedReportException.Reason;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One message between leader and helper: u8 type, then be32 length and bytes of each field. Prints
 * its size only. Immutable.
 */
public final class PingPongMessage {
  private static final byte INITIALIZE = 0;
  private static final byte FINISH = 2; // 1 is continue, which a VDAF of one round never sends
  private static final int HEADER_BYTES = 5;

  private final byte[] bytes;

  private PingPongMessage(byte type, byte[] field) {
    this.bytes =
        ByteBuffer.allocate(HEADER_BYTES + field.length)
            .put(type)
            .putInt(field.length)
            .put(field)
            .array();
  }

  static PingPongMessage initialize(VerifierShare share) {
    return new PingPongMessage(INITIALIZE, share.raw());
  }

  static PingPongMessage finish(VerifierMessage message) {
    return new PingPongMessage(FINISH, message.raw());
  }

  static VerifierShare readInitialize(byte[] message) throws RejectedReportException {
    return VerifierShare.own(read(INITIALIZE, message));
  }

  static VerifierMessage readFinish(byte[] message) throws RejectedReportException {
    return VerifierMessage.own(read(FINISH, message));
  }

  private static byte[] read(byte type, byte[] message) throws RejectedReportException {
    if (message.length < HEADER_BYTES
        || message[0] != type
        || ByteBuffer.wrap(message, 1, Integer.BYTES).getInt() != message.length - HEADER_BYTES) {
      throw new RejectedReportException(Reason.MALFORMED_MESSAGE);
    }
    return Arrays.copyOfRange(message, HEADER_BYTES, message.length);
  }

  /** As sent; a copy. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public String toString() {
    return "PingPongMessage[" + bytes.length + " bytes]";
  }
}

package dev.weir.dap.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import java.security.SecureRandom;

/** Names a batch that the leader selected, within its task. Immutable; written as base64url. */
public record BatchId(Bytes bytes) implements WireMessage, Comparable<BatchId> {
  public static final int LENGTH = 32;

  public BatchId {
    if (bytes.length() != LENGTH) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "An identifier of this kind has 32 bytes.");
    }
  }

  public static BatchId read(WireReader in) {
    return new BatchId(in.raw(LENGTH));
  }

  /**
   * @throws ProblemException of type {@code INVALID_REQUEST} when it is not 32 bytes in base64url
   */
  @JsonCreator
  public static BatchId of(String text) {
    return new BatchId(Base64Url.decode(text, LENGTH));
  }

  /** A fresh one. */
  public static BatchId random(SecureRandom random) {
    byte[] bytes = new byte[LENGTH];
    random.nextBytes(bytes);
    return new BatchId(Bytes.owning(bytes));
  }

  @Override
  public void writeTo(WireWriter out) {
    out.raw(bytes);
  }

  @Override
  public int compareTo(BatchId other) {
    return bytes.compareTo(other.bytes);
  }

  @JsonValue
  @Override
  public String toString() {
    return Base64Url.encode(bytes);
  }
}

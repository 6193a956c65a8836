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

/** Names a report within its task; also the nonce of its proof. Immutable; written as base64url. */
public record ReportId(Bytes bytes) implements WireMessage, Comparable<ReportId> {
  public static final int LENGTH = 16;

  public ReportId {
    if (bytes.length() != LENGTH) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "An identifier of this kind has 16 bytes.");
    }
  }

  public static ReportId read(WireReader in) {
    return new ReportId(in.raw(LENGTH));
  }

  /**
   * @throws ProblemException of type {@code INVALID_REQUEST} when it is not 16 bytes in base64url
   */
  @JsonCreator
  public static ReportId of(String text) {
    return new ReportId(Base64Url.decode(text, LENGTH));
  }

  /** A fresh one. */
  public static ReportId random(SecureRandom random) {
    byte[] bytes = new byte[LENGTH];
    random.nextBytes(bytes);
    return new ReportId(Bytes.owning(bytes));
  }

  @Override
  public void writeTo(WireWriter out) {
    out.raw(bytes);
  }

  @Override
  public int compareTo(ReportId other) {
    return bytes.compareTo(other.bytes);
  }

  @JsonValue
  @Override
  public String toString() {
    return Base64Url.encode(bytes);
  }
}

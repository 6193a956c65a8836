package dev.weir.dap.id;

import dev.weir.dap.wire.Bytes;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import java.util.Base64;

/** Base64url without padding (RFC 4648 §5), where every string of bytes has one spelling. */
public final class Base64Url {
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private Base64Url() {}

  public static String encode(Bytes bytes) {
    return ENCODER.encodeToString(bytes.toArray());
  }

  /**
   * @throws ProblemException of type {@code INVALID_REQUEST} for padding, another alphabet, stray
   *     bits or another length
   */
  public static Bytes decode(String text, int length) {
    Bytes bytes = decode(text);
    if (bytes.length() != length) {
      throw invalid();
    }
    return bytes;
  }

  /** As {@link #decode(String, int)}, of any length. */
  public static Bytes decode(String text) {
    try {
      // Java's decoder takes padding and stray bits: only what it would write again is accepted.
      var bytes = Bytes.owning(Base64.getUrlDecoder().decode(text));
      if (encode(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
    throw invalid();
  }

  private static ProblemException invalid() {
    return new ProblemException(
        ProblemType.INVALID_REQUEST, "An identifier is base64url without padding.");
  }
}

package dev.weir.aggregation.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.wire.Bytes;
import java.nio.ByteBuffer;
import java.util.UUID;

/** Names an aggregation job, chosen by the helper. Immutable; written as base64url of 16 bytes. */
public record JobId(UUID value) {
  private static final int LENGTH = 16;

  static JobId random() {
    return new JobId(UUID.randomUUID());
  }

  /**
   * @throws dev.weir.kernel.ProblemException of type {@code INVALID_REQUEST} when it is not 16
   *     bytes in base64url
   */
  @JsonCreator
  public static JobId of(String text) {
    return of(Base64Url.decode(text, LENGTH));
  }

  static JobId of(Bytes bytes) {
    var buffer = bytes.toBuffer();
    return new JobId(new UUID(buffer.getLong(), buffer.getLong()));
  }

  Bytes bytes() {
    return Bytes.owning(
        ByteBuffer.allocate(LENGTH)
            .putLong(value.getMostSignificantBits())
            .putLong(value.getLeastSignificantBits())
            .array());
  }

  @JsonValue
  @Override
  public String toString() {
    return Base64Url.encode(bytes());
  }
}

package dev.weir.aggregation.collect;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.wire.Bytes;
import java.nio.ByteBuffer;
import java.util.UUID;

/** Names a collection at both aggregators. Immutable; written as base64url of 16 bytes. */
public record CollectionId(UUID value) {
  private static final int LENGTH = 16;

  public static CollectionId random() {
    return new CollectionId(UUID.randomUUID());
  }

  @JsonCreator
  public static CollectionId of(String text) {
    return of(Base64Url.decode(text, LENGTH));
  }

  static CollectionId of(Bytes bytes) {
    var buffer = bytes.toBuffer();
    return new CollectionId(new UUID(buffer.getLong(), buffer.getLong()));
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

package dev.weir.dap.profile;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;
import java.util.Arrays;

/**
 * Names a contributor by its public key: the first 16 bytes of SHA-256 of its SubjectPublicKeyInfo.
 * Immutable; written as base64url.
 */
public record ContributorId(Bytes bytes) implements WireMessage {
  public static final int LENGTH = 16;

  public static ContributorId ofKey(Bytes publicKey) {
    return new ContributorId(Bytes.owning(Arrays.copyOf(publicKey.sha256().toArray(), LENGTH)));
  }

  public static ContributorId read(WireReader in) {
    return new ContributorId(in.raw(LENGTH));
  }

  @JsonCreator
  public static ContributorId of(String text) {
    return new ContributorId(Base64Url.decode(text, LENGTH));
  }

  @Override
  public void writeTo(WireWriter out) {
    out.raw(bytes);
  }

  @JsonValue
  @Override
  public String toString() {
    return Base64Url.encode(bytes);
  }
}

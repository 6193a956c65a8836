package dev.weir.dap.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;

/** Names a task, globally. Immutable; written as base64url. */
public record TaskId(Bytes bytes) implements WireMessage, Comparable<TaskId> {
  public static final int LENGTH = 32;

  public TaskId {
    if (bytes.length() != LENGTH) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "An identifier of this kind has 32 bytes.");
    }
  }

  public static TaskId read(WireReader in) {
    return new TaskId(in.raw(LENGTH));
  }

  /**
   * @throws ProblemException of type {@code INVALID_REQUEST} when it is not 32 bytes in base64url
   */
  @JsonCreator
  public static TaskId of(String text) {
    return new TaskId(Base64Url.decode(text, LENGTH));
  }

  @Override
  public void writeTo(WireWriter out) {
    out.raw(bytes);
  }

  @Override
  public int compareTo(TaskId other) {
    return bytes.compareTo(other.bytes);
  }

  @JsonValue
  @Override
  public String toString() {
    return Base64Url.encode(bytes);
  }
}

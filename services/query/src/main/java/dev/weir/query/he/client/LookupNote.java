package dev.weir.query.he.client;

import dev.weir.he.SecretAccess;
import dev.weir.query.he.client.PrivateLookup.Wanted;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * What an asker notes of a lookup to open its reply: what is looked up, and the blind that it was
 * named under. Secret; its text form tells nothing.
 */
final class LookupNote {
  private static final byte KEYWORD = 1;
  private static final byte INDEX = 2;
  private static final int BLIND_BYTES = 32;
  private static final int LEAST_BYTES = 256;

  private final Wanted wanted;
  private final byte[] blind;

  LookupNote(Wanted wanted, byte[] blind) {
    this.wanted = wanted;
    this.blind = blind.clone();
  }

  Wanted wanted() {
    return wanted;
  }

  /** Of 32 bytes. */
  byte[] revealBlind(SecretAccess access) {
    Objects.requireNonNull(access);
    return blind.clone();
  }

  /** Of 256 bytes, or as many times two as a long keyword needs: the length tells no more. */
  byte[] revealBytes(SecretAccess access) {
    Objects.requireNonNull(access);
    return switch (wanted) {
      case Wanted.Keyword keyword ->
          bytes(KEYWORD, keyword.text().getBytes(StandardCharsets.UTF_8));
      case Wanted.Index index ->
          bytes(INDEX, ByteBuffer.allocate(Integer.BYTES).putInt(index.number()).array());
    };
  }

  private byte[] bytes(byte kind, byte[] name) {
    int needed = 1 + BLIND_BYTES + Integer.BYTES + name.length;
    int bytes = LEAST_BYTES;
    while (bytes < needed) {
      bytes *= 2;
    }
    return ByteBuffer.allocate(bytes).put(kind).put(blind).putInt(name.length).put(name).array();
  }

  /**
   * @param bytes as {@link #revealBytes} wrote them
   * @throws ClientRefusal when they are something else that the same key locked
   */
  static LookupNote read(byte[] bytes) {
    try {
      var in = ByteBuffer.wrap(bytes);
      byte kind = in.get();
      byte[] blind = new byte[BLIND_BYTES];
      in.get(blind);
      byte[] name = new byte[Math.clamp(in.getInt(), 0, bytes.length)];
      in.get(name);
      return switch (kind) {
        case KEYWORD ->
            new LookupNote(new Wanted.Keyword(new String(name, StandardCharsets.UTF_8)), blind);
        case INDEX -> new LookupNote(new Wanted.Index(ByteBuffer.wrap(name).getInt()), blind);
        default -> throw SavedReply.changed();
      };
    } catch (BufferUnderflowException e) {
      throw SavedReply.changed();
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  @Override
  public String toString() {
    return "LookupNote";
  }
}

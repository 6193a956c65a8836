package dev.weir.query.he.client;

import dev.weir.query.he.Envelope;
import dev.weir.runtime.embedded.OwnerOnly;
import dev.weir.runtime.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A reply with what it answers, as its asker keeps it: enough to open it without any service. Holds
 * nothing that tells others what was asked.
 *
 * @param ticket as it ended
 * @param envelope as the asker signed it
 * @param tag the asker's own mark over ticket, envelope, reply and what was selected, so that none
 *     can be changed later
 * @param reply base64, in pieces
 * @param selected of a few hidden cells, which ones: locked for the asker's key, of one size
 */
public record SavedReply(
    int v,
    Ticket ticket,
    Envelope envelope,
    String tag,
    List<String> reply,
    Optional<String> selected) {
  static final int VERSION = 3;
  private static final long MAX_FILE_BYTES = 64L << 20;
  private static final int PIECE_BYTES = 384 << 10;

  public SavedReply {
    reply = List.copyOf(reply);
  }

  public Path write(Path file) throws IOException {
    return OwnerOnly.write(file, Json.mapper().writeValueAsString(this) + "\n");
  }

  /**
   * @throws ClientRefusal when it holds no reply
   */
  public static SavedReply read(Path file) throws IOException {
    if (Files.size(file) > MAX_FILE_BYTES) {
      throw noReply(file);
    }
    try {
      return Json.read(Files.readAllBytes(file), SavedReply.class);
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      throw noReply(file);
    }
  }

  static List<String> pieces(byte[] reply) {
    var pieces = new ArrayList<String>();
    for (int from = 0; from < reply.length; from += PIECE_BYTES) {
      int to = Math.min(reply.length, from + PIECE_BYTES);
      pieces.add(Base64.getEncoder().encodeToString(Arrays.copyOfRange(reply, from, to)));
    }
    return pieces;
  }

  byte[] bytes() {
    var bytes = new ByteArrayOutputStream();
    try {
      reply.forEach(piece -> bytes.writeBytes(Base64.getDecoder().decode(piece)));
      return bytes.toByteArray();
    } catch (IllegalArgumentException e) {
      throw new ClientRefusal("答复不是完整的密文", "the reply is not a whole ciphertext");
    }
  }

  private static ClientRefusal noReply(Path file) {
    return new ClientRefusal("文件中没有已存的答复：" + file, "there is no saved reply in " + file);
  }
}

package dev.weir.query.he.client;

import dev.weir.query.he.Envelope;
import dev.weir.runtime.embedded.OwnerOnly;
import dev.weir.runtime.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
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
 * @param selected locked for the asker's key: of a few hidden cells, which ones, in one size; of a
 *     lookup, what was looked up
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

  /**
   * A reply with what it takes to open it, ready to be kept.
   *
   * @throws ClientRefusal when it is not of the size that the ticket says
   */
  static SavedReply of(
      BuilderKey key, Ticket ended, Envelope envelope, Optional<String> selected, byte[] reply) {
    if (reply.length != ended.replyBytes()) {
      throw notWhole();
    }
    String tag = tag(key, ended, envelope, reply, selected);
    return new SavedReply(VERSION, ended, envelope, tag, pieces(reply), selected);
  }

  /**
   * That it is the one that was saved, and belongs to the question that is saved with it.
   *
   * @throws ClientRefusal when it is not, or was asked for with another key
   */
  void require(BuilderKey key) {
    requireKey(key, envelope);
    boolean bound =
        v == VERSION
            && envelope.ticketId().equals(ticket.id())
            && envelope.contractId().equals(ticket.contractId().value())
            && envelope.decisionLeaf().equals(ticket.decisionLeaf().value())
            && envelope.parameterSet().equals(ticket.parameterSet())
            && envelope.rollupId().equals(ticket.rollupId())
            && envelope.dataVersion() == ticket.dataVersion();
    byte[] bytes = bytes();
    byte[] ours = tag(key, ticket, envelope, bytes, selected).getBytes(StandardCharsets.UTF_8);
    if (!bound || !MessageDigest.isEqual(tag.getBytes(StandardCharsets.UTF_8), ours)) {
      throw changed();
    }
    if (bytes.length != ticket.replyBytes()) {
      throw notWhole();
    }
  }

  static void requireKey(BuilderKey key, Envelope envelope) {
    if (!envelope.keyId().equals(key.id())) {
      throw new ClientRefusal("这份答复是用另一把密钥问的", "the reply was asked for with another key");
    }
  }

  /** Over everything that decides what a reply opens to. */
  private static String tag(
      BuilderKey key, Ticket ticket, Envelope envelope, byte[] reply, Optional<String> selected) {
    var marked = new ArrayList<Object>(List.of(ticket, envelope, Json.sha256Hex(reply)));
    selected.ifPresent(marked::add);
    try {
      return key.tag(Json.canonical(marked));
    } catch (IllegalArgumentException e) {
      throw changed(); // a number that nobody could have marked
    }
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

  /**
   * @return empty when it holds no reply
   */
  public static Optional<SavedReply> find(Path file) throws IOException {
    try {
      return Optional.of(read(file));
    } catch (ClientRefusal none) {
      return Optional.empty();
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
      throw notWhole();
    }
  }

  static ClientRefusal changed() {
    return new ClientRefusal(
        "答复与所问不符：票据、信封或答复在存下之后被改过",
        "the reply does not belong to the question: it, its ticket or envelope was changed since");
  }

  private static ClientRefusal notWhole() {
    return new ClientRefusal("答复不是完整的密文", "the reply is not a whole ciphertext");
  }

  private static ClientRefusal noReply(Path file) {
    return new ClientRefusal("文件中没有已存的答复：" + file, "there is no saved reply in " + file);
  }
}

package dev.weir.query.he.evaluator;

import dev.weir.he.Ciphertexts;
import dev.weir.he.HeContext;
import dev.weir.he.Words;
import dev.weir.he.query.CellTable;
import dev.weir.he.query.RecordTable;
import dev.weir.he.wire.WireGaloisKeys;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;

/**
 * What came of a question, before anything is released. The same for the same question and cells,
 * wherever it is evaluated. Immutable.
 *
 * @param resultSha256 over the limbs before anything is rounded or flooded, 8 bytes each,
 *     big-endian; lower-case hexadecimal
 */
public record Evaluated(String resultSha256, ByteBuffer reply) {
  public Evaluated {
    reply = reply.asReadOnlyBuffer();
  }

  /** The packed reply. */
  public byte[] replyBytes() {
    byte[] bytes = new byte[reply.remaining()];
    reply.duplicate().get(bytes);
    return bytes;
  }

  /**
   * Weighted sums of the cells.
   *
   * @param question seeded ciphertexts past the gate
   */
  public static Evaluated sums(HeContext context, CellTable table, Words question) {
    try (var selectors = context.seeded(question);
        Ciphertexts result = table.evaluate(selectors)) {
      String sha256 = sha256(result.limbs());
      return new Evaluated(sha256, result.truncate(table.layout().replyShape()));
    }
  }

  /**
   * The records at the places that the queries ask for, one pass for all of them. The digest is
   * over the packed replies: rounding is part of a lookup's evaluation.
   *
   * @param queries seeded ciphertexts past the gate
   */
  public static Evaluated lookups(
      HeContext context, RecordTable table, Words queries, WireGaloisKeys keys) {
    int each = context.seededWords();
    var opened = new ArrayList<Ciphertexts>();
    try (var galois = keys.open(context)) {
      for (int at = 0; at < queries.count(); at += each) {
        opened.add(context.seeded(queries.slice(at, each)));
      }
      var replies =
          table.answer(opened.stream().map(query -> new RecordTable.Asked(query, galois)).toList());
      var all = ByteBuffer.allocate(replies.stream().mapToInt(ByteBuffer::remaining).sum());
      replies.forEach(all::put);
      return new Evaluated(sha256(all.array()), all.flip());
    } finally {
      opened.forEach(Ciphertexts::close);
    }
  }

  private static String sha256(Words limbs) {
    var bytes = ByteBuffer.allocate(limbs.count() * Long.BYTES).order(ByteOrder.BIG_ENDIAN);
    bytes.asLongBuffer().put(limbs.readOnly());
    return sha256(bytes.array());
  }

  private static String sha256(byte[] bytes) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

package dev.weir.query.he.evaluator;

import dev.weir.he.Ciphertexts;
import dev.weir.he.HeContext;
import dev.weir.he.Words;
import dev.weir.he.query.CellTable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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

  private static String sha256(Words limbs) {
    var bytes = ByteBuffer.allocate(limbs.count() * Long.BYTES).order(ByteOrder.BIG_ENDIAN);
    bytes.asLongBuffer().put(limbs.readOnly());
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(bytes.array()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

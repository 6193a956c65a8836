package dev.weir.query.he.lookup;

import dev.weir.he.oprf.Element;
import dev.weir.he.oprf.Evaluation;
import dev.weir.he.oprf.OprfException;
import dev.weir.he.oprf.Proof;
import dev.weir.he.query.EntryShape;
import dev.weir.he.query.IndexShape;
import dev.weir.he.query.KeywordShape;
import dev.weir.he.query.LookupShape;
import dev.weir.he.query.RecordLock;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What asker and service agree on about a table of locked entries. All of it follows from what is
 * public of the table, but for the key.
 *
 * @param by how an entry is named
 * @param table names contract, entries and data version: locks carry it
 * @param publicKey the evaluation's, base64
 * @param entries of the table; of cells, those that are not shown included
 * @param valueBytes longest value there may be
 * @param seed of the places of keywords; 0 when entries are named by index
 * @param columns of a record, the one whose value is its keyword first; empty when entries are
 *     cells
 */
public record LookupTerms(
    By by,
    String table,
    String publicKey,
    int entries,
    int valueBytes,
    int seed,
    List<String> columns) {

  /** How an entry is named. */
  public enum By {
    KEYWORD,
    INDEX
  }

  public LookupTerms {
    columns = List.copyOf(columns);
    shape(by, entries, valueBytes, seed); // bounds
  }

  public EntryShape shape() {
    return shape(by, entries, valueBytes, seed);
  }

  private static EntryShape shape(By by, int entries, int valueBytes, int seed) {
    return switch (by) {
      case KEYWORD -> new KeywordShape(entries, valueBytes, seed);
      case INDEX -> new IndexShape(entries, valueBytes);
    };
  }

  public RecordLock lock() {
    return new RecordLock(table);
  }

  /**
   * @throws OprfException when it names no point
   * @throws IllegalArgumentException when it is not base64
   */
  public Element key() {
    return Element.ofBytes(Base64.getDecoder().decode(publicKey));
  }

  /** Bytes of every reply, whatever is asked and found. */
  public int replyBytes() {
    return Element.BYTES + Proof.BYTES + shape().queries() * shape().lookup().replyBytes();
  }

  /** A reply: the evaluation, then the packed reply to each query. */
  public ByteBuffer reply(Evaluation evaluation, ByteBuffer found) {
    var reply = ByteBuffer.allocate(replyBytes());
    reply.put(evaluation.elements().getFirst().toBytes()).put(evaluation.proof().toBytes());
    return reply.put(found.duplicate()).flip();
  }

  /**
   * @throws OprfException when the head of the reply is no evaluation
   */
  public Evaluation evaluation(ByteBuffer reply) {
    byte[] element = new byte[Element.BYTES];
    byte[] proof = new byte[Proof.BYTES];
    reply.duplicate().get(element).get(proof);
    return new Evaluation(List.of(Element.ofBytes(element)), Proof.ofBytes(proof));
  }

  public List<ByteBuffer> found(ByteBuffer reply) {
    int each = shape().lookup().replyBytes();
    int head = reply.position() + Element.BYTES + Proof.BYTES;
    return IntStream.range(0, shape().queries())
        .mapToObj(choice -> reply.slice(head + choice * each, each))
        .toList();
  }

  /** The part of a reply that the looked-up records make. */
  public ByteBuffer packed(ByteBuffer reply) {
    int head = Element.BYTES + Proof.BYTES;
    return reply.slice(reply.position() + head, reply.remaining() - head);
  }

  /** What a cell is looked up by: the values of its keys, in the order of the ticket. */
  public static String keyword(List<String> values) {
    return String.join("\u001f", values);
  }

  /** The set that every lookup uses. */
  public static dev.weir.he.HeParameters parameters() {
    return LookupShape.PARAMETERS;
  }
}

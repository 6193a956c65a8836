package dev.weir.query.he.lookup;

import dev.weir.he.oprf.Element;
import dev.weir.he.oprf.Evaluation;
import dev.weir.he.oprf.OprfException;
import dev.weir.he.oprf.Proof;
import dev.weir.he.query.KeywordShape;
import dev.weir.he.query.LookupShape;
import dev.weir.he.query.RecordLock;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What asker and service agree on about a table of cells. All of it follows from what is public of
 * the epoch, but for the key.
 *
 * @param table names contract, cells and epoch: locks carry it
 * @param publicKey the evaluation's, base64
 * @param entries cells, those that are not shown included
 * @param valueBytes of a cell
 * @param seed of the places
 */
public record LookupTerms(String table, String publicKey, int entries, int valueBytes, int seed) {

  public LookupTerms {
    new KeywordShape(entries, valueBytes, seed); // bounds
  }

  public KeywordShape shape() {
    return new KeywordShape(entries, valueBytes, seed);
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
    return Element.BYTES + Proof.BYTES + KeywordShape.CHOICES * shape().lookup().replyBytes();
  }

  /** A reply: the evaluation, then one packed reply for each place. */
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
    return IntStream.range(0, KeywordShape.CHOICES)
        .mapToObj(choice -> reply.slice(head + choice * each, each))
        .toList();
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

package dev.weir.query.he.client;

import dev.weir.he.query.OneHotQuestion;
import dev.weir.he.query.SumQuestion;
import dev.weir.he.wire.Compression;
import dev.weir.he.wire.SealForm;
import dev.weir.he.wire.SealWriter;
import dev.weir.query.he.EncryptedQuestion;
import dev.weir.query.he.Envelope;
import dev.weir.query.he.OneHotParts;
import dev.weir.query.he.QuestionKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sums over cells of somebody else's that nobody but the asker knows the selection of: makes
 * questions, and opens replies without any service. What it opens stays with the caller: nothing
 * here sends anything. The key stays the caller's. Thread-safe.
 */
public final class HiddenSums {
  private final BuilderKey key;

  public HiddenSums(BuilderKey key) {
    this.key = key;
  }

  BuilderKey key() {
    return key;
  }

  /**
   * A question as it leaves, and what to keep for opening its reply.
   *
   * @param bytes of one length for every selection, but for what compression saves of uniform noise
   * @param selected of a few hidden cells or a lookup, which, locked for the asker's key
   */
  public record Question(Envelope envelope, ByteBuffer bytes, Optional<String> selected) {
    public Question {
      bytes = bytes.asReadOnlyBuffer();
    }
  }

  /**
   * @throws ClientRefusal when the key is of another set, or the weights are too large
   */
  public Question ask(Ticket ticket, Selection selection, QuestionSigner signer) {
    requireSet(ticket, QuestionKind.SUM);
    var ciphertexts = encrypt(ticket, selection);
    return signed(ticket, key, ciphertexts, signer, Optional.empty());
  }

  /**
   * A question about a few cells, in one small ciphertext whose size does not tell how many.
   *
   * @param keysSha256 names keys that expand it, which the service has
   * @throws ClientRefusal when the key is of another set, or there are too many cells
   */
  Question askFew(Ticket ticket, Selection selection, String keysSha256, QuestionSigner signer) {
    requireSet(ticket, QuestionKind.ONE_HOT);
    var few = FewCells.of(selection);
    var query = new OneHotQuestion(key.context(), ticket.layout()).ask(key.secret(), few.cells());
    var parts = OneHotParts.write(key.parameters(), query, keysSha256);
    return signed(ticket, key, parts, signer, Optional.of(key.lock(few.bytes(), ticket.id())));
  }

  /** Parts that were encrypted, bound to the ticket; and what was selected, locked. */
  static Question signed(
      Ticket ticket,
      BuilderKey key,
      List<ByteBuffer> ciphertexts,
      QuestionSigner signer,
      Optional<String> selected) {
    var envelope =
        new Envelope(
            Envelope.VERSION,
            ticket.id(),
            ticket.contractId().value(),
            ticket.decisionLeaf().value(),
            ticket.parameterSet(),
            ticket.rollupId(),
            ticket.dataVersion(),
            key.id(),
            EncryptedQuestion.sha256(ciphertexts),
            ticket.expires());
    var signature = ByteBuffer.wrap(signer.sign(envelope.bytes()));
    var question =
        new EncryptedQuestion(envelope, signer.suite(), signer.keyId(), signature, ciphertexts);
    return new Question(envelope, ByteBuffer.wrap(question.bytes()), selected);
  }

  private List<ByteBuffer> encrypt(Ticket ticket, Selection selection) {
    var context = key.context();
    var sums = new SumQuestion(context, ticket.layout());
    try {
      var seeded = sums.ask(key.secret(), selection::weight);
      var writer = new SealWriter(SealForm.CURRENT, Compression.ZLIB);
      var ciphertexts = new ArrayList<ByteBuffer>();
      for (int i = 0; i < ticket.ciphertexts(); i++) {
        var one = seeded.slice(i * context.seededWords(), context.seededWords());
        ciphertexts.add(ByteBuffer.wrap(writer.ciphertext(key.parameters(), 0, one)));
      }
      return ciphertexts;
    } catch (IllegalArgumentException e) {
      throw new ClientRefusal("权重绝对值之和超过 2^20", "the weights, by size, add up to more than 2^20");
    }
  }

  /** A reply with what it takes to open it, ready to be kept. */
  public SavedReply save(Ticket ended, Question question, byte[] reply) {
    return SavedReply.of(key, ended, question.envelope(), question.selected(), reply);
  }

  /**
   * Decrypts. A reply that was made wrongly decrypts to wrong sums: that it is the one that was
   * saved, and belongs to this question, is checked here; that it was computed rightly only by
   * replaying it.
   *
   * @return the count, then each measure in its own unit
   * @throws ClientRefusal when the reply is of another key, contract, epoch or ticket, or what was
   *     saved beside it was changed
   */
  public Map<String, BigDecimal> open(SavedReply saved, Expected expected) {
    return named(saved.ticket(), sums(saved, expected));
  }

  /** The same as {@link #open}, as whole numbers. */
  List<BigInteger> sums(SavedReply saved, Expected expected) {
    saved.require(key);
    var ticket = saved.ticket();
    requireSet(ticket, ticket.kind());
    expected.check(saved);
    var reply = saved.bytes();
    return saved
        .selected()
        .map(selected -> few(ticket, selected, reply))
        .orElseGet(() ->
            new SumQuestion(key.context(), ticket.layout())
                .sums(key.secret(), ByteBuffer.wrap(reply)));
  }

  private List<BigInteger> few(Ticket ticket, String selected, byte[] reply) {
    var few = FewCells.read(key.unlock(selected, ticket.id()));
    var values =
        new OneHotQuestion(key.context(), ticket.layout())
            .values(key.secret(), few.cells(), ByteBuffer.wrap(reply));
    return few.sums(ticket.width(), values);
  }

  private static Map<String, BigDecimal> named(Ticket ticket, List<BigInteger> sums) {
    var named = new LinkedHashMap<String, BigDecimal>();
    named.put("count", new BigDecimal(sums.getFirst()));
    for (int i = 0; i < ticket.measures().size(); i++) {
      named.put(ticket.measures().get(i), new BigDecimal(sums.get(i + 1)).multiply(ticket.unit(i)));
    }
    return named;
  }

  private void requireSet(Ticket ticket, QuestionKind kind) {
    if (ticket.kind() != kind || kind.looksUp()) {
      throw new ClientRefusal("票据不是用于这种提问的", "the ticket is not for a question of this kind");
    }
    if (ticket.parameters() != key.parameters()) {
      throw new ClientRefusal(
          "密钥属于另一参数集；所需参数集为 " + ticket.parameterSet(),
          "the key is of another parameter set; this needs one of " + ticket.parameterSet());
    }
  }
}

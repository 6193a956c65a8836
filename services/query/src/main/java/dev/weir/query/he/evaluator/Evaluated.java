package dev.weir.query.he.evaluator;

import dev.weir.he.Ciphertexts;
import dev.weir.he.GaloisKeys;
import dev.weir.he.HeContext;
import dev.weir.he.ReplyShape;
import dev.weir.he.Selectors;
import dev.weir.he.Words;
import dev.weir.he.query.CellTable;
import dev.weir.he.query.RecordTable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

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
    return sums(context, table, List.of(question)).getFirst();
  }

  /**
   * Weighted sums of the cells for several questions, one pass over the cells for all of them; a
   * question's result does not depend on the others.
   *
   * @param questions seeded ciphertexts past the gate
   * @return in the order of the questions
   */
  public static List<Evaluated> sums(HeContext context, CellTable table, List<Words> questions) {
    var selectors = new ArrayList<Selectors>();
    try {
      for (var question : questions) {
        try (var opened = context.seeded(question)) {
          selectors.add(opened.selectors());
        }
      }
      return overCells(table, selectors, table.layout().replyShape());
    } finally {
      selectors.forEach(Selectors::close);
    }
  }

  /**
   * The cells that each question marks, with their neighbours; one pass as for sums.
   *
   * @param questions one query each
   * @return in the order of the questions
   */
  public static List<Evaluated> oneHot(
      HeContext context, CellTable table, List<Expandable> questions) {
    var selectors = new ArrayList<Selectors>();
    try {
      for (var question : questions) {
        try (var opened = context.seeded(question.queries())) {
          selectors.add(table.expanded(opened, question.keys()));
        }
      }
      return overCells(table, selectors, table.layout().oneHotReplyShape());
    } finally {
      selectors.forEach(Selectors::close);
    }
  }

  /**
   * A share's part of weighted sums.
   *
   * @param ciphertexts for the blocks of the share
   * @return limbs, which are not rounded yet: the reply is they themselves
   */
  static Evaluated share(HeContext context, CellTable table, Words ciphertexts) {
    try (var opened = context.seeded(ciphertexts);
        var result = table.evaluate(opened)) {
      return ofLimbs(result);
    }
  }

  /** A share's part of the cells that a question marks, as limbs. */
  static Evaluated share(
      HeContext context, CellTable table, Expandable question, int leaves, int firstBlock) {
    try (var opened = context.seeded(question.queries());
        var selectors = table.expanded(opened, question.keys(), leaves, firstBlock);
        var result = table.evaluate(List.of(selectors))) {
      return ofLimbs(result);
    }
  }

  /**
   * The result of a question from those of its shares: the same as over the whole table.
   *
   * @param shares limbs of each
   */
  static Evaluated gathered(HeContext context, ReplyShape shape, List<Words> shares) {
    try (var sum = context.ciphertexts(0, shares.getFirst())) {
      for (var more : shares.subList(1, shares.size())) {
        try (var next = context.ciphertexts(0, more)) {
          sum.add(next);
        }
      }
      return new Evaluated(sha256(sum.limbs()), sum.truncate(shape));
    }
  }

  private static Evaluated ofLimbs(Ciphertexts result) {
    byte[] bytes = bytes(result.limbs());
    return new Evaluated(sha256(bytes), ByteBuffer.wrap(bytes));
  }

  private static List<Evaluated> overCells(
      CellTable table, List<Selectors> questions, ReplyShape shape) {
    try (Ciphertexts result = table.evaluate(questions)) {
      var limbs = result.limbs();
      int words = limbs.count() / questions.size();
      var replies = result.truncate(shape);
      int bytes = replies.remaining() / questions.size();
      return IntStream.range(0, questions.size())
          .mapToObj(i ->
              new Evaluated(sha256(limbs.slice(i * words, words)), replies.slice(i * bytes, bytes)))
          .toList();
    }
  }

  /** Queries of one question, past the gate, and the keys that expand them. */
  public record Expandable(Words queries, GaloisKeys keys) {}

  /**
   * The records at the places that each question asks for, one pass over the records for all of
   * them; a question's result does not depend on the others. A digest is over the packed replies:
   * rounding is part of a lookup's evaluation.
   *
   * @return in the order of the questions
   */
  public static List<Evaluated> lookups(
      HeContext context, RecordTable table, List<Expandable> questions) {
    int each = context.seededWords();
    var opened = new ArrayList<Ciphertexts>();
    var asked = new ArrayList<RecordTable.Asked>();
    try {
      for (var question : questions) {
        for (int at = 0; at < question.queries().count(); at += each) {
          opened.add(context.seeded(question.queries().slice(at, each)));
          asked.add(new RecordTable.Asked(opened.getLast(), question.keys()));
        }
      }
      var replies = table.answer(asked).iterator();
      return questions.stream()
          .map(question -> {
            int count = question.queries().count() / each;
            return packed(IntStream.range(0, count).mapToObj(i -> replies.next()).toList());
          })
          .toList();
    } finally {
      opened.forEach(Ciphertexts::close);
    }
  }

  private static Evaluated packed(List<ByteBuffer> replies) {
    var all = ByteBuffer.allocate(replies.stream().mapToInt(ByteBuffer::remaining).sum());
    replies.forEach(all::put);
    return new Evaluated(sha256(all.array()), all.flip());
  }

  private static String sha256(Words limbs) {
    return sha256(bytes(limbs));
  }

  private static byte[] bytes(Words limbs) {
    var bytes = ByteBuffer.allocate(limbs.count() * Long.BYTES).order(ByteOrder.BIG_ENDIAN);
    bytes.asLongBuffer().put(limbs.readOnly());
    return bytes.array();
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

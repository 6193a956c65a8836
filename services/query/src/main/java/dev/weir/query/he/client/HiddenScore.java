package dev.weir.query.he.client;

import dev.weir.he.query.LinearScore;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A linear score over released cells whose weights nobody but the asker knows: one hidden sum for
 * each value of a cell, asked whether its weights are zero or not, so that the number of questions
 * tells nothing. Each is a question like any other, decided, charged and logged as one. What is
 * released are sums over cells that were released before, so a score of noised cells costs no
 * budget. The key stays the caller's. Thread-safe.
 */
public final class HiddenScore {
  private final QuestionService service;
  private final BuilderKey key;
  private final HiddenSums sums;

  public HiddenScore(QuestionService service, BuilderKey key) {
    this.service = service;
    this.key = key;
    this.sums = new HiddenSums(key);
  }

  /**
   * Weights of one cell.
   *
   * @param values of the keys, in the order of the ticket
   * @param weights of the count, then of each measure in its own unit
   */
  public record Row(List<String> values, List<BigDecimal> weights) {
    public Row {
      values = List.copyOf(values);
      weights = List.copyOf(weights);
    }

    @Override
    public String toString() {
      return "Row[" + weights.size() + " weights]";
    }
  }

  /** How a score ended. */
  public sealed interface Ended {
    /**
     * @param tickets one for each value of a cell
     * @param fractionBits weights were rounded to so many bits after the binary point
     */
    record Scored(List<Ticket> tickets, BigDecimal score, int fractionBits) implements Ended {}

    /** A question has no answer, or not yet; those that were answered are charged, and kept. */
    record Unanswered(Ticket ticket) implements Ended {}
  }

  /**
   * @param rows cells that are not named have weight zero
   * @param keeping nothing is sent when it does not keep all questions
   * @param patience for all questions together
   * @throws ClientRefusal when a row fits no cell, the weights are too large, or a new epoch was
   *     released before all tickets were there; nothing was asked then
   */
  public Ended score(
      String contractId,
      String productId,
      String purpose,
      List<Row> rows,
      QuestionSigner signer,
      Keeping keeping,
      Duration patience) {
    var conversation = new Conversation(service, sums);
    var first = conversation.ticket(contractId, productId, purpose);
    var score = scaled(first, rows);
    var asked = new ArrayList<AskedQuestions.One>();
    var unsent = new LinkedHashMap<UUID, ByteBuffer>();
    for (int value = 0; value < first.width(); value++) {
      var ticket = value == 0 ? first : conversation.another(first, purpose);
      requireSameCells(first, ticket);
      var question = sums.ask(ticket, Selection.scored(ticket, score, value), signer);
      asked.add(AskedQuestions.One.of(key, ticket, question));
      unsent.put(ticket.id(), question.bytes());
    }
    var note = ScoreNote.ofCells(List.copyOf(unsent.keySet()), score.fractionBits());
    var all = new AskedQuestions(asked, Optional.of(note.locked(key)));
    return switch (new Exchange(service, key, keeping).ask(all, unsent, patience)) {
      case Exchange.Ended.Unanswered unanswered -> new Ended.Unanswered(unanswered.ticket());
      case Exchange.Ended.Answered answered ->
          scored(key, answered.asked().replies(), score.fractionBits());
    };
  }

  /**
   * The score in replies.
   *
   * @param replies one for each value of a cell, in their order
   * @throws ClientRefusal when they are not the replies to what was asked
   */
  static Ended.Scored scored(BuilderKey key, List<SavedReply> replies, int fractionBits) {
    var sums = new HiddenSums(key);
    var tickets = replies.stream().map(SavedReply::ticket).toList();
    var values = replies.stream().map(one -> sums.sums(one, Expected.anything())).toList();
    if (values.size() != tickets.getFirst().width()) {
      throw SavedReply.changed();
    }
    return new Ended.Scored(tickets, LinearScore.score(fractionBits, values), fractionBits);
  }

  /** Weights for the whole numbers that cells hold. */
  private static LinearScore scaled(Ticket ticket, List<Row> rows) {
    double[][] weights = new double[ticket.width()][ticket.cells()];
    for (Row row : rows) {
      if (row.weights().size() != ticket.width()) {
        throw new ClientRefusal(
            "每行须有 " + ticket.width() + " 个权重：记录数一个，每个度量一个",
            "a row has " + ticket.width() + " weights: one for the count, one for each measure");
      }
      int cell = Selection.cell(ticket, row.values());
      for (int value = 0; value < ticket.width(); value++) {
        var unit = value == 0 ? BigDecimal.ONE : ticket.unit(value - 1);
        weights[value][cell] += row.weights().get(value).multiply(unit).doubleValue();
      }
    }
    try {
      return LinearScore.of(ticket.layout(), weights);
    } catch (IllegalArgumentException e) {
      throw new ClientRefusal(
          "某一列的权重绝对值之和超过 2^20", "the weights of a column, by size, add up to more than 2^20");
    }
  }

  private static void requireSameCells(Ticket first, Ticket ticket) {
    boolean same =
        ticket.rollupId().equals(first.rollupId())
            && ticket.root().equals(first.root())
            && ticket.layout().equals(first.layout());
    if (!same) {
      throw new ClientRefusal(
          "评分途中发布了新的数据时期，请重新提问", "a new epoch was released in between; ask again");
    }
  }
}

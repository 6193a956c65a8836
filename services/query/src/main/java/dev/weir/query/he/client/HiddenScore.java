package dev.weir.query.he.client;

import dev.weir.he.query.LinearScore;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A linear score over released cells whose weights nobody but the asker knows: one hidden sum for
 * each value of a cell, asked whether its weights are zero or not, so that the number of questions
 * tells nothing. Each is a question like any other, decided, charged and logged as one. What is
 * released are sums over cells that were released before, so a score of noised cells costs no
 * budget. The key stays the caller's. Thread-safe.
 */
public final class HiddenScore {
  private final QuestionService service;
  private final HiddenSums sums;

  public HiddenScore(QuestionService service, BuilderKey key) {
    this.service = service;
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

    /** A question has no answer, or not yet; those before it were answered and charged. */
    record Unanswered(Ticket ticket) implements Ended {}
  }

  /**
   * @param rows cells that are not named have weight zero
   * @param patience for each question
   * @throws ClientRefusal when a row fits no cell, the weights are too large, or a new epoch was
   *     released in between
   */
  public Ended score(
      String contractId,
      String productId,
      String purpose,
      List<Row> rows,
      QuestionSigner signer,
      Duration patience) {
    var conversation = new Conversation(service, sums);
    var first = conversation.ticket(contractId, productId, purpose);
    var score = scaled(first, rows);
    var tickets = new ArrayList<Ticket>();
    var replies = new ArrayList<List<BigInteger>>();
    for (int value = 0; value < first.width(); value++) {
      var ticket = value == 0 ? first : conversation.another(first, purpose);
      requireSameCells(first, ticket);
      var question = sums.ask(ticket, Selection.scored(ticket, score, value), signer);
      switch (conversation.ask(ticket, question, patience)) {
        case Conversation.Ended.Failed failed -> {
          return new Ended.Unanswered(failed.ticket());
        }
        case Conversation.Ended.Waiting waiting -> {
          return new Ended.Unanswered(waiting.ticket());
        }
        case Conversation.Ended.Answered answered -> {
          tickets.add(answered.reply().ticket());
          replies.add(sums.sums(answered.reply(), Expected.anything()));
        }
      }
    }
    return new Ended.Scored(tickets, score.score(replies), score.fractionBits());
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
    if (!ticket.root().equals(first.root()) || !ticket.layout().equals(first.layout())) {
      throw new ClientRefusal(
          "评分途中发布了新的数据时期，请重新提问", "a new epoch was released in between; ask again");
    }
  }
}

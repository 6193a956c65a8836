package dev.weir.query.he.client;

import dev.weir.query.he.lookup.LookupTerms.By;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A linear score of one record that nobody but the asker knows, with weights that nobody else
 * learns, under contracts that let records be read: the record's released features are looked up,
 * counted and charged as that release, and multiplied here. The weights leave in no form. A weight
 * vector could read any feature anyway, which is why less than the release is not asked for.
 * Thread-safe.
 */
public final class RecordScore {
  private final RecordLookup lookup;

  public RecordScore(RecordLookup lookup) {
    this.lookup = lookup;
  }

  /** How a score ended. */
  public sealed interface Ended {
    /**
     * @param score empty when no record has the keyword
     */
    record Scored(Ticket ticket, Optional<BigDecimal> score) implements Ended {}

    /** There is no answer and will be none, or not yet: {@link LateReplies}. */
    record Unanswered(Ticket ticket) implements Ended {}
  }

  /** Leave to score one record; a lookup's ticket. */
  public Ticket ticket(String contractId, String productId, String purpose, By by) {
    return lookup.ticket(contractId, productId, purpose, by);
  }

  /**
   * @param weights by released column
   * @param keeping nothing is sent when it does not keep the question and the weights
   * @throws ClientRefusal when a weighted column is not released, or not a number in this record
   */
  public Ended score(
      Ticket ticket,
      String keyword,
      Map<String, BigDecimal> weights,
      QuestionSigner signer,
      Keeping keeping,
      Duration patience) {
    requireColumns(ticket, weights);
    var scored = scored(ticket, weights, keeping);
    return ended(lookup.look(ticket, keyword, signer, scored, patience), weights);
  }

  /**
   * @param index from 0
   * @param weights by released column
   * @throws ClientRefusal when there are fewer records, or as by keyword
   */
  public Ended score(
      Ticket ticket,
      int index,
      Map<String, BigDecimal> weights,
      QuestionSigner signer,
      Keeping keeping,
      Duration patience) {
    requireColumns(ticket, weights);
    var scored = scored(ticket, weights, keeping);
    return ended(lookup.look(ticket, index, signer, scored, patience), weights);
  }

  /** The weights are kept with the question. */
  private Keeping scored(Ticket ticket, Map<String, BigDecimal> weights, Keeping keeping) {
    String locked = ScoreNote.ofRecord(ticket.id(), weights).locked(lookup.key());
    return (asked, unsent) -> keeping.keep(asked.ofScore(locked), unsent);
  }

  /**
   * The score in a reply.
   *
   * @throws ClientRefusal when it is not the reply to what was asked
   */
  static Ended.Scored scored(BuilderKey key, SavedReply reply, Map<String, BigDecimal> weights) {
    var record = RecordLookup.row(key, reply);
    return new Ended.Scored(reply.ticket(), record.map(one -> product(one, weights)));
  }

  private static Ended ended(RecordLookup.Ended ended, Map<String, BigDecimal> weights) {
    return switch (ended) {
      case RecordLookup.Ended.Unanswered unanswered -> new Ended.Unanswered(unanswered.ticket());
      case RecordLookup.Ended.Found found ->
          new Ended.Scored(found.ticket(), found.record().map(one -> product(one, weights)));
    };
  }

  private static BigDecimal product(
      Map<String, Optional<String>> record, Map<String, BigDecimal> weights) {
    var score = BigDecimal.ZERO;
    for (var weight : new TreeMap<>(weights).entrySet()) {
      score = score.add(weight.getValue().multiply(feature(record, weight.getKey())));
    }
    return score;
  }

  private static BigDecimal feature(Map<String, Optional<String>> record, String column) {
    try {
      return new BigDecimal(record.getOrDefault(column, Optional.empty()).orElse(""));
    } catch (NumberFormatException e) {
      throw new ClientRefusal(
          "此记录的列 " + column + " 不是数值", "the column " + column + " is no number in this record");
    }
  }

  /** Before anything is asked, and charged. */
  private static void requireColumns(Ticket ticket, Map<String, BigDecimal> weights) {
    var columns = ticket.lookup().orElseThrow().columns();
    for (String column : new TreeMap<>(weights).keySet()) {
      if (!columns.contains(column)) {
        throw new ClientRefusal(
            "合约未许可读取列 " + column, "the contract does not release the column " + column);
      }
    }
  }
}

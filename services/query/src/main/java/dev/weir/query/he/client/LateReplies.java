package dev.weir.query.he.client;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Replies to questions that were kept by a process that is gone, or that waited no longer. A reply
 * is charged when it is released, and not when it is fetched, however often. The key stays the
 * caller's. Thread-safe.
 */
public final class LateReplies {
  private final BuilderKey key;

  public LateReplies(BuilderKey key) {
    this.key = key;
  }

  /** What came of what was asked. */
  public sealed interface Ended {
    record Sums(SavedReply reply) implements Ended {}

    /**
     * @param values as of {@link CellLookup.Ended.Found}
     */
    record Cell(Ticket ticket, Optional<Map<String, BigDecimal>> values) implements Ended {}

    /**
     * @param record as of {@link RecordLookup.Ended.Found}
     */
    record Row(Ticket ticket, Optional<Map<String, Optional<String>>> record) implements Ended {}

    record CellScore(HiddenScore.Ended.Scored score) implements Ended {}

    record RowScore(RecordScore.Ended.Scored score) implements Ended {}

    /**
     * @param ticket OPEN when the service took no question, DONE never
     */
    record Unanswered(Ticket ticket) implements Ended {}
  }

  /**
   * Waits for the replies that are missing, but not longer than so, and has them kept.
   *
   * @param unsent bytes of questions that may have to be sent yet
   * @throws ClientRefusal when the questions are of another key, or were changed
   */
  public Ended fetch(
      QuestionService service,
      AskedQuestions asked,
      Map<UUID, ByteBuffer> unsent,
      Keeping keeping,
      Duration patience) {
    return switch (new Exchange(service, key, keeping).resume(asked, unsent, patience)) {
      case Exchange.Ended.Unanswered unanswered -> new Ended.Unanswered(unanswered.ticket());
      case Exchange.Ended.Answered answered -> open(answered.asked(), Expected.anything());
    };
  }

  /**
   * Opens replies that all have come, without any service.
   *
   * @throws ClientRefusal when they are not what was asked for, or not all there
   */
  public Ended open(AskedQuestions asked, Expected expected) {
    var replies = asked.replies();
    if (!asked.answered() || replies.isEmpty()) {
      throw new ClientRefusal(
          "答复尚未取回；请先用 weir he fetch 取回", "the reply has not come yet; weir he fetch takes it");
    }
    asked.questions().forEach(one -> one.require(key));
    replies.forEach(expected::check);
    if (asked.score().isEmpty()) {
      return open(replies.getFirst(), expected);
    }
    var tickets = asked.questions().stream().map(one -> one.ticket().id()).toList();
    var note = ScoreNote.unlocked(key, asked.score().get(), tickets);
    return note.fractionBits()
        .<Ended>map(bits -> new Ended.CellScore(HiddenScore.scored(key, replies, bits)))
        .orElseGet(
            () -> new Ended.RowScore(RecordScore.scored(key, replies.getFirst(), note.numbers())));
  }

  /**
   * @throws ClientRefusal as of several
   */
  public Ended open(SavedReply reply, Expected expected) {
    expected.check(reply);
    return switch (reply.ticket().kind()) {
      case SUM, ONE_HOT -> new Ended.Sums(reply);
      case LOOKUP -> new Ended.Cell(reply.ticket(), CellLookup.values(key, reply));
      case KEYWORD, INDEX -> new Ended.Row(reply.ticket(), RecordLookup.row(key, reply));
    };
  }
}

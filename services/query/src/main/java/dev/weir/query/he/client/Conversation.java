package dev.weir.query.he.client;

import dev.weir.query.he.QuestionKind;
import dev.weir.query.he.client.HiddenSums.Question;
import java.time.Duration;
import java.util.Map;

/** One question from ticket to reply, over a service. Confined to one thread. */
public final class Conversation {
  private final QuestionService service;
  private final HiddenSums sums;

  public Conversation(QuestionService service, HiddenSums sums) {
    this.service = service;
    this.sums = sums;
  }

  /** How a question ended. */
  public sealed interface Ended {
    record Answered(SavedReply reply) implements Ended {}

    /**
     * There is no answer and will be none; a new ticket may be asked for.
     *
     * @param ticket with the problem and its evidence
     */
    record Failed(Ticket ticket) implements Ended {}

    /** The service still works on it: {@link LateReplies} takes the reply. */
    record Waiting(Ticket ticket) implements Ended {}
  }

  public Ticket ticket(String contractId, String productId, String purpose) {
    return Ticket.of(service.ticket(contractId, productId, purpose));
  }

  /** Leave to ask about the cells of a former ticket once more; it does not tell their keys. */
  Ticket another(Ticket before, String purpose) {
    return Ticket.of(
        service.ticketWithoutKeys(
            before.contractId().toString(),
            before.productId().toString(),
            purpose,
            before.rollupId()));
  }

  /** Leave to ask about a few cells with one small ciphertext. */
  public Ticket ticketForFew(String contractId, String productId, String purpose) {
    return Ticket.of(service.ticket(contractId, productId, purpose, QuestionKind.ONE_HOT.name()));
  }

  /**
   * A question about a few cells; keys that expand it are sent before, once.
   *
   * @param key the one that the sums are hidden with
   * @param uploaded what it has sent before
   * @throws ClientRefusal when the selection has too many cells
   */
  public Question few(
      Ticket ticket,
      Selection selection,
      BuilderKey key,
      UploadedKeys uploaded,
      QuestionSigner signer) {
    FewCells.of(selection); // before anything is sent
    String keys = new SwitchingUpload(service, key, uploaded).digest(ticket.layout().leaves());
    return sums.askFew(ticket, selection, keys, signer);
  }

  /**
   * Has a question kept, sends it, and waits for its end, but not longer than so.
   *
   * @param keeping nothing is sent when it does not keep the question
   */
  public Ended ask(Ticket ticket, Question question, Keeping keeping, Duration patience) {
    var asked = AskedQuestions.of(sums.key(), ticket, question);
    var exchange = new Exchange(service, sums.key(), keeping);
    return switch (exchange.ask(asked, Map.of(ticket.id(), question.bytes()), patience)) {
      case Exchange.Ended.Answered answered ->
          new Ended.Answered(answered.asked().replies().getFirst());
      case Exchange.Ended.Unanswered(Ticket now) ->
          now.ended() ? new Ended.Failed(now) : new Ended.Waiting(now);
    };
  }
}

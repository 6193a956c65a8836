package dev.weir.query.he.client;

import dev.weir.query.he.QuestionKind;
import dev.weir.query.he.client.HiddenSums.Question;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** One question from ticket to reply, over a service. Confined to one thread. */
public final class Conversation {
  private static final Duration PAUSE = Duration.ofMillis(150);

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

    /** The service still works on it. */
    record Waiting(Ticket ticket) implements Ended {}
  }

  public Ticket ticket(String contractId, String productId, String purpose) {
    return Ticket.of(service.ticket(contractId, productId, purpose));
  }

  /** Leave to ask about the cells of a former ticket once more; their keys do not travel again. */
  Ticket another(Ticket before, String purpose) {
    return Ticket.of(
            service.ticketWithoutKeys(
                before.contractId().toString(),
                before.productId().toString(),
                purpose,
                before.rollupId()))
        .withKeysOf(before);
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

  /** Sends a question and waits for its end, but not longer than so. */
  public Ended ask(Ticket ticket, Question question, Duration patience) {
    Ticket now = ended(service, ticket, question, patience);
    return switch (now.status()) {
      case "DONE" -> answered(ticket, now, question);
      case "FAILED" -> new Ended.Failed(now);
      default -> new Ended.Waiting(now);
    };
  }

  /** Sends a question; the ticket as it stands when it ended or patience did. */
  static Ticket ended(
      QuestionService service, Ticket ticket, Question question, Duration patience) {
    byte[] bytes = new byte[question.bytes().remaining()];
    question.bytes().duplicate().get(bytes);
    Ticket now = Ticket.of(service.ask(ticket.id(), bytes));
    long until = System.nanoTime() + patience.toNanos();
    while (!now.ended() && System.nanoTime() < until) {
      LockSupport.parkNanos(PAUSE.toNanos());
      now = Ticket.of(service.read(ticket.id()));
    }
    return now;
  }

  /** The ticket as it was asked with is what the reply is opened by; only its end is newer. */
  private Ended answered(Ticket asked, Ticket now, Question question) {
    var ended = asked.endedAs(now);
    return new Ended.Answered(sums.save(ended, question, service.reply(asked.id())));
  }
}

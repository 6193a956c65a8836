package dev.weir.query.he;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * How much a party may ask: what its questions and replies take until they are erased, and how
 * often with one key. Questions of one party are counted one after the other. Thread-safe.
 */
final class AskingLimits {
  static final int MAX_QUESTIONS_PER_KEY = 1_000;

  private final HeTicketStore tickets;
  private final long maxPartyBytes;
  private final int maxQuestionsPerKey;

  AskingLimits(HeTicketStore tickets, long maxPartyBytes, int maxQuestionsPerKey) {
    this.tickets = tickets;
    this.maxPartyBytes = maxPartyBytes;
    this.maxQuestionsPerKey = maxQuestionsPerKey;
  }

  /**
   * Nobody else asks for the party until the transaction ends.
   *
   * @param keyId what the asker calls its key: of sums all that there is to count by
   * @param switchingKeys digest of the keys that expand the question, whatever it calls them
   * @param bytes of the question
   * @throws ProblemException of type {@link ProblemType#QUOTA_EXHAUSTED}
   */
  void check(
      Handle handle, CreditCode party, String keyId, Optional<String> switchingKeys, int bytes) {
    long stored = tickets.storedBytes(handle, party);
    if (stored + bytes > maxPartyBytes) {
      throw new ProblemException(
          ProblemType.QUOTA_EXHAUSTED,
          "The party's stored questions and replies leave no room for more; they are erased after their period.",
          Map.of("maxStoredBytes", maxPartyBytes, "storedBytes", stored));
    }
    if (tickets.asked(handle, party, keyId, switchingKeys) >= maxQuestionsPerKey) {
      throw new ProblemException(
          ProblemType.QUOTA_EXHAUSTED,
          "The encryption key has asked as many questions as one key may; make a new one.",
          Map.of("maxQuestionsPerKey", maxQuestionsPerKey));
    }
  }
}

package dev.weir.query.he;

import dev.weir.he.HeParameters;
import dev.weir.he.query.CellLayout;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.ProductId;
import dev.weir.query.he.lookup.LookupParts;
import dev.weir.runtime.ledger.CallLimit;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Leave to ask one encrypted question about one epoch, and what became of it.
 *
 * @param kind what its question finds
 * @param provider who may read its evidence
 * @param subject subject id of the token that asked for it
 * @param rollupId names the cells, or the table of locked records
 * @param cells entries that may be asked about
 * @param shares into which the cells are divided among workers; 1 when each worker holds all
 * @param root of the cells, or of the locked table
 * @param decisionLeaf evidence of the decision
 * @param rule that allowed it
 * @param limits counted again when the reply is released
 * @param askedAt when the question was taken
 * @param problem why there is no answer
 */
record HeTicket(
    UUID id,
    QuestionKind kind,
    ContractId contractId,
    ProductId productId,
    CreditCode provider,
    CreditCode party,
    String subject,
    String rollupId,
    long dataVersion,
    HeParameters parameters,
    int cells,
    int width,
    int cellBits,
    int shares,
    String root,
    LeafId decisionLeaf,
    String rule,
    String bundle,
    List<CallLimit> limits,
    Instant createdAt,
    Instant expires,
    Status status,
    Optional<Instant> askedAt,
    Optional<LeafId> releaseLeaf,
    Optional<String> problem) {
  HeTicket {
    limits = List.copyOf(limits);
  }

  /** A ticket goes forward only. */
  enum Status {
    OPEN,
    ASKED,
    RUNNING,
    DONE,
    FAILED
  }

  /** Parts of its question, after the signature. */
  int parts() {
    return switch (kind) {
      case SUM -> layout().terms();
      case ONE_HOT -> OneHotParts.COUNT;
      case LOOKUP, KEYWORD, INDEX -> LookupParts.COUNT;
    };
  }

  /** Most bytes of its question. */
  int maxQuestionBytes() {
    return switch (kind) {
      case SUM -> EncryptedQuestion.maxBytes(layout().terms());
      case ONE_HOT -> EncryptedQuestion.maxBytes(OneHotParts.COUNT, OneHotParts.MAX_PART_BYTES);
      case LOOKUP, KEYWORD, INDEX ->
          EncryptedQuestion.maxBytes(LookupParts.COUNT, LookupParts.MAX_PART_BYTES);
    };
  }

  EncryptedQuestion question(ByteBuffer body) {
    return switch (kind) {
      case SUM -> EncryptedQuestion.read(body, layout().terms());
      case ONE_HOT -> EncryptedQuestion.readOneHot(body);
      case LOOKUP, KEYWORD, INDEX -> EncryptedQuestion.readLookup(body);
    };
  }

  /** Bytes of every reply over cells, whatever is asked. */
  int replyBytes() {
    return kind == QuestionKind.ONE_HOT ? layout().oneHotReplyBytes() : layout().replyBytes();
  }

  /** Of a ticket over cells. */
  CellLayout layout() {
    return new CellLayout(parameters, cells, width, cellBits);
  }

  /**
   * When the outcome may be seen: the first of slot, twice the slot, four times … after the
   * question that is not before now. The same for answers and failures.
   */
  boolean mayTell(Instant now, Instant endedAt, Duration slot) {
    if (askedAt.isEmpty()) {
      return true;
    }
    Instant due = askedAt.get().plus(slot);
    Duration step = slot;
    while (due.isBefore(endedAt)) {
      due = due.plus(step);
      step = step.multipliedBy(2);
    }
    return !now.isBefore(due);
  }
}

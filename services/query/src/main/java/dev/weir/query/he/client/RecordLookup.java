package dev.weir.query.he.client;

import dev.weir.query.he.QuestionKind;
import dev.weir.query.he.client.PrivateLookup.Wanted;
import dev.weir.query.he.lookup.LookupTerms.By;
import dev.weir.query.he.lookup.RowRecords;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Lookup of one record that nobody but the asker knows, where a contract lets records be read: by
 * the value of the product's unique column, or by its place in the data version. Thread-safe.
 */
public final class RecordLookup {
  private final QuestionService service;
  private final BuilderKey key;
  private final PrivateLookup lookup;

  /**
   * @param key stays the caller's
   */
  public RecordLookup(
      QuestionService service, BuilderKey key, UploadedKeys uploaded, SecureRandom random) {
    this.service = service;
    this.key = key;
    this.lookup = new PrivateLookup(service, key, uploaded, random);
  }

  /** How a lookup ended. */
  public sealed interface Ended {
    /**
     * @param record by column, in textual form, a missing value empty; empty when no record has the
     *     keyword
     */
    record Found(Ticket ticket, Optional<Map<String, Optional<String>>> record) implements Ended {}

    /** There is no answer and will be none, or not yet: {@link LateReplies}. */
    record Unanswered(Ticket ticket) implements Ended {}
  }

  public Ticket ticket(String contractId, String productId, String purpose, By by) {
    return lookup.checked(
        Ticket.of(service.ticket(contractId, productId, purpose, by.name())),
        switch (by) {
          case KEYWORD -> QuestionKind.KEYWORD;
          case INDEX -> QuestionKind.INDEX;
        });
  }

  /**
   * @param keyword a value of the first column of the ticket
   * @param keeping nothing is sent when it does not keep the question
   */
  public Ended look(
      Ticket ticket, String keyword, QuestionSigner signer, Keeping keeping, Duration patience) {
    return ended(lookup.look(ticket, new Wanted.Keyword(keyword), signer, keeping, patience));
  }

  /**
   * @param index from 0
   * @param keeping nothing is sent when it does not keep the question
   * @throws ClientRefusal when there are fewer records
   */
  public Ended look(
      Ticket ticket, int index, QuestionSigner signer, Keeping keeping, Duration patience) {
    int entries = ticket.lookup().orElseThrow().entries();
    if (index < 0 || index >= entries) {
      throw new ClientRefusal(
          "没有这样的记录：序号从 0 到 " + (entries - 1), "there is no such record: 0 to " + (entries - 1));
    }
    return ended(lookup.look(ticket, new Wanted.Index(index), signer, keeping, patience));
  }

  private Ended ended(PrivateLookup.Ended ended) {
    return switch (ended) {
      case PrivateLookup.Ended.Unanswered unanswered -> new Ended.Unanswered(unanswered.ticket());
      case PrivateLookup.Ended.Found found ->
          new Ended.Found(found.reply().ticket(), row(key, found.reply()));
    };
  }

  /** The key that replies are opened with. */
  BuilderKey key() {
    return key;
  }

  /**
   * The record in a reply.
   *
   * @throws ClientRefusal when it is not the reply to what was asked
   */
  static Optional<Map<String, Optional<String>>> row(BuilderKey key, SavedReply reply) {
    return new LookupReply(key).opened(reply).map(value -> named(reply.ticket(), value));
  }

  private static Map<String, Optional<String>> named(Ticket ticket, byte[] value) {
    var columns = ticket.lookup().orElseThrow().columns();
    var values = RowRecords.read(value, columns.size()).orElseThrow(PrivateLookup::mismatch);
    var named = new LinkedHashMap<String, Optional<String>>();
    for (int i = 0; i < columns.size(); i++) {
      named.put(columns.get(i), values.get(i));
    }
    return named;
  }
}

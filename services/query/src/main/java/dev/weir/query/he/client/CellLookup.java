package dev.weir.query.he.client;

import dev.weir.query.he.QuestionKind;
import dev.weir.query.he.client.PrivateLookup.Wanted;
import dev.weir.query.he.lookup.LookupTerms;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lookup of one cell that nobody but the asker knows. Thread-safe. */
public final class CellLookup {
  private final QuestionService service;
  private final BuilderKey key;
  private final PrivateLookup lookup;

  /**
   * @param key stays the caller's
   */
  public CellLookup(
      QuestionService service, BuilderKey key, UploadedKeys uploaded, SecureRandom random) {
    this.service = service;
    this.key = key;
    this.lookup = new PrivateLookup(service, key, uploaded, random);
  }

  /** How a lookup ended. */
  public sealed interface Ended {
    /**
     * @param values the count, then each measure in its own unit; empty when the cell is not shown
     */
    record Found(Ticket ticket, Optional<Map<String, BigDecimal>> values) implements Ended {}

    /** There is no answer and will be none, or not yet: {@link LateReplies}. */
    record Unanswered(Ticket ticket) implements Ended {}
  }

  public Ticket ticket(String contractId, String productId, String purpose) {
    return lookup.checked(
        Ticket.of(service.ticket(contractId, productId, purpose, QuestionKind.LOOKUP.name())),
        QuestionKind.LOOKUP);
  }

  /**
   * Looks one cell up.
   *
   * @param values of the keys, in the order of the ticket
   * @param keeping nothing is sent when it does not keep the question
   * @throws ClientRefusal when there is no such cell, or the reply is not what was asked for
   */
  public Ended look(
      Ticket ticket,
      List<String> values,
      QuestionSigner signer,
      Keeping keeping,
      Duration patience) {
    requireCell(ticket, values);
    var wanted = new Wanted.Keyword(LookupTerms.keyword(values));
    return switch (lookup.look(ticket, wanted, signer, keeping, patience)) {
      case PrivateLookup.Ended.Unanswered unanswered -> new Ended.Unanswered(unanswered.ticket());
      case PrivateLookup.Ended.Found found ->
          new Ended.Found(found.reply().ticket(), values(key, found.reply()));
    };
  }

  /**
   * What a reply shows of its cell.
   *
   * @throws ClientRefusal when it is not the reply to what was asked
   */
  static Optional<Map<String, BigDecimal>> values(BuilderKey key, SavedReply reply) {
    return opened(reply.ticket(), new LookupReply(key).opened(reply));
  }

  /** A declared cell is always there, shown or not. */
  private static Optional<Map<String, BigDecimal>> opened(Ticket ticket, Optional<byte[]> value) {
    int bytes = ticket.lookup().orElseThrow().valueBytes();
    var cell =
        ByteBuffer.wrap(
            value.filter(one -> one.length == bytes).orElseThrow(PrivateLookup::mismatch));
    return cell.get() == 0 ? Optional.empty() : Optional.of(named(ticket, cell));
  }

  private static Map<String, BigDecimal> named(Ticket ticket, ByteBuffer cell) {
    var named = new LinkedHashMap<String, BigDecimal>();
    named.put("count", BigDecimal.valueOf(cell.getLong()));
    for (int i = 0; i < ticket.measures().size(); i++) {
      named.put(
          ticket.measures().get(i), BigDecimal.valueOf(cell.getLong()).multiply(ticket.unit(i)));
    }
    return named;
  }

  private static void requireCell(Ticket ticket, List<String> values) {
    boolean known = values.size() == ticket.keys().size();
    for (int i = 0; known && i < values.size(); i++) {
      known = ticket.keys().get(i).values().contains(values.get(i));
    }
    if (!known) {
      throw new ClientRefusal(
          "没有这样的单元：键值须在产品声明的取值范围内",
          "there is no such cell: each key needs one of its declared values");
    }
  }
}

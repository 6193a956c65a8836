package dev.weir.query.he.client;

import dev.weir.he.Words;
import dev.weir.he.oprf.OprfClient;
import dev.weir.he.oprf.OprfException;
import dev.weir.he.query.KeywordQuestion;
import dev.weir.he.query.KeywordShape;
import dev.weir.he.wire.WireGaloisKeys;
import dev.weir.query.he.client.HiddenSums.Question;
import dev.weir.query.he.lookup.LookupParts;
import dev.weir.query.he.lookup.LookupTerms;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lookup of one cell that nobody but the asker knows. The service proves that it evaluated with the
 * key it announced; what else it holds stays locked. The key stays the caller's. Thread-safe.
 */
public final class CellLookup {
  private final QuestionService service;
  private final BuilderKey key;
  private final SecureRandom random;

  public CellLookup(QuestionService service, BuilderKey key, SecureRandom random) {
    this.service = service;
    this.key = key;
    this.random = random;
  }

  /** How a lookup ended. */
  public sealed interface Ended {
    /**
     * @param values the count, then each measure in its own unit; empty when the cell is not shown
     */
    record Found(Ticket ticket, Optional<Map<String, BigDecimal>> values) implements Ended {}

    /** There is no answer and will be none, or not yet. */
    record Unanswered(Ticket ticket) implements Ended {}
  }

  public Ticket ticket(String contractId, String productId, String purpose) {
    var ticket = Ticket.of(service.lookupTicket(contractId, productId, purpose));
    if (ticket.lookup().isEmpty() || key.parameters() != LookupTerms.parameters()) {
      throw new ClientRefusal(
          "查找需用参数集 " + LookupTerms.parameters() + " 的密钥",
          "a lookup needs a key of the parameter set " + LookupTerms.parameters());
    }
    return ticket;
  }

  /**
   * Looks one cell up.
   *
   * @param values of the keys, in the order of the ticket
   * @throws ClientRefusal when there is no such cell, or the reply is not what was asked for
   */
  public Ended look(Ticket ticket, List<String> values, QuestionSigner signer, Duration patience) {
    requireCell(ticket, values);
    var terms = ticket.lookup().orElseThrow();
    String keyword = LookupTerms.keyword(values);
    try {
      var client = OprfClient.blind(terms.key(), List.of(terms.lock().name(keyword)), random);
      var ended =
          Conversation.ended(
              service, ticket, question(ticket, terms, keyword, client, signer), patience);
      if (!ended.status().equals("DONE")) {
        return new Ended.Unanswered(ended);
      }
      var reply = ByteBuffer.wrap(service.reply(ticket.id()));
      return new Ended.Found(ended, open(ticket, terms, keyword, client, reply));
    } catch (OprfException e) {
      throw mismatch();
    }
  }

  private Question question(
      Ticket ticket, LookupTerms terms, String keyword, OprfClient client, QuestionSigner signer) {
    var asker = asker(terms);
    int each = key.context().seededWords();
    var queries = Words.allocate((long) KeywordShape.CHOICES * each);
    var asked = asker.ask(key.secret(), keyword);
    for (int choice = 0; choice < asked.size(); choice++) {
      queries.put(choice * each, asked.get(choice));
    }
    var elements = asker.lookup().keyElements();
    var keys = new WireGaloisKeys(elements, key.secret().galoisKeys(elements));
    var parts = LookupParts.write(queries, keys, client.blinded().getFirst());
    return HiddenSums.signed(ticket, key, parts, signer);
  }

  private Optional<Map<String, BigDecimal>> open(
      Ticket ticket, LookupTerms terms, String keyword, OprfClient client, ByteBuffer reply) {
    if (reply.remaining() != terms.replyBytes()) {
      throw mismatch();
    }
    byte[] value = client.finish(terms.evaluation(reply)).getFirst();
    byte[] record =
        asker(terms)
            .open(key.secret(), keyword, value, terms.found(reply))
            .filter(bytes -> bytes.length == terms.valueBytes())
            .orElseThrow(CellLookup::mismatch);
    var cell = ByteBuffer.wrap(record);
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

  private KeywordQuestion asker(LookupTerms terms) {
    return new KeywordQuestion(key.context(), terms.shape(), terms.lock());
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

  private static ClientRefusal mismatch() {
    return new ClientRefusal(
        "答复与所问不符，或服务未使用其公布的密钥",
        "the reply is not to this question, or the service did not use the key it announced");
  }
}

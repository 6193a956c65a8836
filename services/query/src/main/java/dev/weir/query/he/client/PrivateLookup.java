package dev.weir.query.he.client;

import dev.weir.he.SecretAccess;
import dev.weir.he.Words;
import dev.weir.he.oprf.OprfClient;
import dev.weir.he.oprf.OprfException;
import dev.weir.he.query.IndexQuestion;
import dev.weir.he.query.IndexShape;
import dev.weir.he.query.KeywordQuestion;
import dev.weir.he.query.KeywordShape;
import dev.weir.query.he.QuestionKind;
import dev.weir.query.he.client.HiddenSums.Question;
import dev.weir.query.he.lookup.LookupParts;
import dev.weir.query.he.lookup.LookupTerms;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks for one entry of a locked table without saying which; what else the service holds stays
 * locked. The key stays the caller's. Thread-safe. {@link LookupReply} opens what comes.
 */
final class PrivateLookup {
  private static final SecretAccess KEEPING = new SecretAccess("locked beside the question");

  private final QuestionService service;
  private final BuilderKey key;
  private final SwitchingUpload switching;
  private final SecureRandom random;

  PrivateLookup(
      QuestionService service, BuilderKey key, UploadedKeys uploaded, SecureRandom random) {
    this.service = service;
    this.key = key;
    this.switching = new SwitchingUpload(service, key, uploaded);
    this.random = random;
  }

  /** What is looked up. */
  sealed interface Wanted {
    /** What the oblivious function is evaluated of. */
    default byte[] name(LookupTerms terms) {
      return switch (this) {
        case Keyword keyword -> terms.lock().name(keyword.text());
        case Index index -> terms.lock().name(index.number());
      };
    }

    record Keyword(String text) implements Wanted {
      @Override
      public String toString() {
        return "Keyword";
      }
    }

    record Index(int number) implements Wanted {
      @Override
      public String toString() {
        return "Index";
      }
    }
  }

  /** How a lookup ended. */
  sealed interface Ended {
    record Found(SavedReply reply) implements Ended {}

    record Unanswered(Ticket ticket) implements Ended {}
  }

  /**
   * @throws ClientRefusal when it is no ticket for that, or the key is of another set
   */
  Ticket checked(Ticket ticket, QuestionKind kind) {
    if (ticket.kind() != kind || key.parameters() != LookupTerms.parameters()) {
      throw new ClientRefusal(
          "查找需用参数集 " + LookupTerms.parameters() + " 的密钥",
          "a lookup needs a key of the parameter set " + LookupTerms.parameters());
    }
    return ticket;
  }

  /**
   * @param keeping nothing is sent when it does not keep the question
   * @throws ClientRefusal when the reply is not what was asked for
   */
  Ended look(
      Ticket ticket, Wanted wanted, QuestionSigner signer, Keeping keeping, Duration patience) {
    var question = question(ticket, wanted, signer);
    var asked = AskedQuestions.of(key, ticket, question);
    var exchange = new Exchange(service, key, keeping);
    return switch (exchange.ask(asked, Map.of(ticket.id(), question.bytes()), patience)) {
      case Exchange.Ended.Unanswered unanswered -> new Ended.Unanswered(unanswered.ticket());
      case Exchange.Ended.Answered answered ->
          new Ended.Found(answered.asked().replies().getFirst());
    };
  }

  private Question question(Ticket ticket, Wanted wanted, QuestionSigner signer) {
    var terms = ticket.lookup().orElseThrow();
    try {
      var client = OprfClient.blind(terms.key(), List.of(wanted.name(terms)), random);
      var parts =
          LookupParts.write(
              queries(terms, wanted),
              switching.digest(terms.shape().lookup().leaves()),
              client.blinded().getFirst());
      var note = new LookupNote(wanted, client.revealBlinds(KEEPING).getFirst());
      String selected = key.lock(note.revealBytes(KEEPING), ticket.id());
      return HiddenSums.signed(ticket, key, parts, signer, Optional.of(selected));
    } catch (OprfException e) {
      throw mismatch();
    }
  }

  private Words queries(LookupTerms terms, Wanted wanted) {
    var asked =
        switch (terms.shape()) {
          case KeywordShape shape when wanted instanceof Wanted.Keyword keyword ->
              keyed(terms, shape).ask(key.secret(), keyword.text());
          case IndexShape shape when wanted instanceof Wanted.Index index ->
              indexed(terms, shape).ask(key.secret(), index.number());
          case KeywordShape shape -> throw mismatch();
          case IndexShape shape -> throw mismatch();
        };
    int each = key.context().seededWords();
    var queries = Words.allocate((long) asked.size() * each);
    for (int i = 0; i < asked.size(); i++) {
      queries.put(i * each, asked.get(i));
    }
    return queries;
  }

  private KeywordQuestion keyed(LookupTerms terms, KeywordShape shape) {
    return new KeywordQuestion(key.context(), shape, terms.lock());
  }

  private IndexQuestion indexed(LookupTerms terms, IndexShape shape) {
    return new IndexQuestion(key.context(), shape, terms.lock());
  }

  static ClientRefusal mismatch() {
    return new ClientRefusal(
        "答复与所问不符，或服务未使用其公布的密钥",
        "the reply is not to this question, or the service did not use the key it announced");
  }
}

package dev.weir.query.he.client;

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
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One entry of a locked table, looked up without saying which. The service proves that it evaluated
 * with the key it announced; what else it holds stays locked. The key stays the caller's.
 * Thread-safe.
 */
final class PrivateLookup {
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
    /**
     * @param value empty when there is no such entry: of keywords alone
     */
    record Found(Ticket ticket, Optional<byte[]> value) implements Ended {}

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
   * @throws ClientRefusal when the reply is not what was asked for
   */
  Ended look(Ticket ticket, Wanted wanted, QuestionSigner signer, Duration patience) {
    var terms = ticket.lookup().orElseThrow();
    try {
      var client = OprfClient.blind(terms.key(), List.of(name(terms, wanted)), random);
      var parts =
          LookupParts.write(
              queries(terms, wanted),
              switching.digest(terms.shape().lookup().leaves()),
              client.blinded().getFirst());
      Question question = HiddenSums.signed(ticket, key, parts, signer);
      var ended = Conversation.ended(service, ticket, question, patience);
      if (!ended.status().equals("DONE")) {
        return new Ended.Unanswered(ended);
      }
      var reply = ByteBuffer.wrap(service.reply(ticket.id()));
      if (reply.remaining() != terms.replyBytes()) {
        throw mismatch();
      }
      byte[] value = client.finish(terms.evaluation(reply)).getFirst();
      return new Ended.Found(ended, open(terms, wanted, value, terms.found(reply)));
    } catch (OprfException e) {
      throw mismatch();
    }
  }

  private static byte[] name(LookupTerms terms, Wanted wanted) {
    return switch (wanted) {
      case Wanted.Keyword keyword -> terms.lock().name(keyword.text());
      case Wanted.Index index -> terms.lock().name(index.number());
    };
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

  private Optional<byte[]> open(
      LookupTerms terms, Wanted wanted, byte[] value, List<ByteBuffer> found) {
    return switch (terms.shape()) {
      case KeywordShape shape when wanted instanceof Wanted.Keyword keyword ->
          keyed(terms, shape).open(key.secret(), keyword.text(), value, found);
      case IndexShape shape when wanted instanceof Wanted.Index index ->
          indexed(terms, shape)
              .open(key.secret(), index.number(), value, found)
              .or(() -> {
                throw mismatch(); // every index below the count has an entry
              });
      case KeywordShape shape -> throw mismatch();
      case IndexShape shape -> throw mismatch();
    };
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

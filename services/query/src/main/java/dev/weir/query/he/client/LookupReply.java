package dev.weir.query.he.client;

import dev.weir.he.SecretAccess;
import dev.weir.he.oprf.OprfClient;
import dev.weir.he.oprf.OprfException;
import dev.weir.he.query.IndexQuestion;
import dev.weir.he.query.IndexShape;
import dev.weir.he.query.KeywordQuestion;
import dev.weir.he.query.KeywordShape;
import dev.weir.query.he.client.PrivateLookup.Wanted;
import dev.weir.query.he.lookup.LookupTerms;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Opens the reply to a lookup from what was kept of its question, without any service; the service
 * proves in it that it evaluated with the key it announced. The key stays the caller's.
 * Thread-safe.
 */
final class LookupReply {
  private static final SecretAccess OPENING = new SecretAccess("opening a lookup's reply");

  private final BuilderKey key;

  LookupReply(BuilderKey key) {
    this.key = key;
  }

  /**
   * @return empty when there is no such entry: of keywords alone
   * @throws ClientRefusal when it is not the reply to what was asked
   */
  Optional<byte[]> opened(SavedReply saved) {
    saved.require(key);
    var ticket = saved.ticket();
    var terms = ticket.lookup().orElseThrow(SavedReply::changed);
    String locked = saved.selected().orElseThrow(SavedReply::changed);
    var note = LookupNote.read(key.unlock(locked, ticket.id()));
    var reply = ByteBuffer.wrap(saved.bytes());
    try {
      var names = List.of(note.wanted().name(terms));
      var client = OprfClient.resumed(terms.key(), names, List.of(note.revealBlind(OPENING)));
      byte[] value = client.finish(terms.evaluation(reply)).getFirst();
      return open(terms, note.wanted(), value, terms.found(reply));
    } catch (OprfException e) {
      throw PrivateLookup.mismatch();
    }
  }

  private Optional<byte[]> open(
      LookupTerms terms, Wanted wanted, byte[] value, List<ByteBuffer> found) {
    return switch (terms.shape()) {
      case KeywordShape shape when wanted instanceof Wanted.Keyword keyword ->
          new KeywordQuestion(key.context(), shape, terms.lock())
              .open(key.secret(), keyword.text(), value, found);
      case IndexShape shape when wanted instanceof Wanted.Index index ->
          new IndexQuestion(key.context(), shape, terms.lock())
              .open(key.secret(), index.number(), value, found)
              .or(() -> {
                throw PrivateLookup.mismatch(); // every index below the count has an entry
              });
      case KeywordShape shape -> throw PrivateLookup.mismatch();
      case IndexShape shape -> throw PrivateLookup.mismatch();
    };
  }
}

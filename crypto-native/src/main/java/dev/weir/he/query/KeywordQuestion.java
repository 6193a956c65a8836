package dev.weir.he.query;

import dev.weir.he.HeContext;
import dev.weir.he.SecretKey;
import dev.weir.he.Words;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The asker's side of lookup by keyword. What is asked for does not show, nor whether it is there.
 */
public final class KeywordQuestion {
  private final KeywordShape shape;
  private final RecordLock lock;
  private final LookupQuestion lookup;

  public KeywordQuestion(HeContext context, KeywordShape shape, RecordLock lock) {
    this.shape = shape;
    this.lock = lock;
    this.lookup = new LookupQuestion(context, shape.lookup());
  }

  /** The lookups that a keyword takes: elements of keys are theirs. */
  public LookupQuestion lookup() {
    return lookup;
  }

  /** Two seeded ciphertexts, one for each record in which the keyword may lie. */
  public List<Words> ask(SecretKey secret, String keyword) {
    return shape.choices(keyword).stream().map(record -> lookup.ask(secret, record)).toList();
  }

  /**
   * The value under a keyword.
   *
   * @param value of the function on {@link RecordLock#name(String)}
   * @param replies to the two ciphertexts, in their order
   * @return empty when the keyword is not there
   */
  public Optional<byte[]> open(
      SecretKey secret, String keyword, byte[] value, List<ByteBuffer> replies) {
    var choices = shape.choices(keyword);
    byte[] name = lock.name(keyword);
    Optional<byte[]> found = Optional.empty();
    for (int choice = 0; choice < KeywordShape.CHOICES; choice++) {
      byte[] record = lookup.record(secret, choices.get(choice), replies.get(choice));
      for (int from = 0; from < record.length; from += shape.placeBytes()) {
        byte[] place = Arrays.copyOfRange(record, from, from + shape.placeBytes());
        found = found.or(() -> lock.open(value, name, place));
      }
    }
    return found;
  }
}

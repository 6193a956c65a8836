package dev.weir.query.sum;

import dev.weir.he.Words;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of one message without knowing any other: form, task, digest, signature and
 * ciphertext. That is nearly all of an adder's work. Thread-safe.
 */
final class InputChecks {
  private final Map<String, SumTask> tasks;
  private final PartyKeys keys = new PartyKeys();

  /**
   * @param tasks by id
   */
  InputChecks(Map<String, SumTask> tasks) {
    this.tasks = Map.copyOf(tasks);
  }

  /** What a message turned out to be. */
  sealed interface Checked {
    record LeftOut(SumRefusal reason) implements Checked {}

    /**
     * @param limbs of the ciphertext, past the gate
     */
    record Good(SumTask task, SignedInput signed, Words limbs) implements Checked {}

    record End(SumTask task, WindowClose close) implements Checked {}
  }

  /**
   * @param belongs whether a task's messages stand where this one stood; elsewhere the two adders
   *     would see different orders
   */
  Checked check(byte @Nullable [] message, Predicate<String> belongs) {
    return InputMessage.read(message)
        .map(read ->
            belongs.test(read.task())
                ? check(read)
                : new Checked.LeftOut(SumRefusal.WRONG_PARTITION))
        .orElseGet(() -> new Checked.LeftOut(SumRefusal.MALFORMED));
  }

  Checked check(InputMessage message) {
    return Optional.ofNullable(tasks.get(message.task()))
        .map(task ->
            switch (message) {
              case InputMessage.Input input -> check(task, input);
              case InputMessage.Close close -> check(task, close.close());
            })
        .orElseGet(() -> new Checked.LeftOut(SumRefusal.UNKNOWN_TASK));
  }

  private Checked check(SumTask task, InputMessage.Input input) {
    var statement = input.signed().statement();
    if (task.producer(statement.producer()).isEmpty()) {
      return new Checked.LeftOut(SumRefusal.UNKNOWN_PARTY);
    }
    if (!statement.ciphertextSha256().equals(RecordGate.sha256(input.ciphertext()))) {
      return new Checked.LeftOut(SumRefusal.WRONG_DIGEST);
    }
    if (!input.signed().isSignedIn(task, keys)) {
      return new Checked.LeftOut(SumRefusal.BAD_SIGNATURE);
    }
    return RecordGate.open(task.parameters(), input.ciphertext())
        .<Checked>map(limbs -> new Checked.Good(task, input.signed(), limbs))
        .orElseGet(() -> new Checked.LeftOut(SumRefusal.BAD_CIPHERTEXT));
  }

  private static Checked check(SumTask task, WindowClose close) {
    return close.isSignedIn(task)
        ? new Checked.End(task, close)
        : new Checked.LeftOut(SumRefusal.BAD_SIGNATURE);
  }
}

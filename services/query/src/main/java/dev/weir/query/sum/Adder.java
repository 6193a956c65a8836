package dev.weir.query.sum;

import dev.weir.he.HeContext;
import dev.weir.he.HeParameters;
import dev.weir.he.Words;
import dev.weir.kernel.CreditCode;
import dev.weir.query.sum.InputChecks.Checked;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Adds signed inputs, without any key that opens them. What it does depends on the messages and
 * their order alone, so two adders that read the same partition sign the same bytes. Owns native
 * memory; confined to one thread.
 */
public final class Adder implements AutoCloseable {
  /** Sums that may be open at once, half a MiB each: a producer cannot fill the memory. */
  static final int MAX_OPEN = 512;

  /** Of these, those that one producer of a task opened and nobody joined. */
  static final int MAX_ALONE = 128;

  private final CreditCode self;
  private final SumSigner signer;
  private final InputChecks checks;
  private final HeContext context;
  private final TreeMap<SumBatch, GroupSum> open = new TreeMap<>();
  private final Set<Window> closed = new HashSet<>();

  private record Window(String task, String window) {}

  /**
   * @param self the adder's party in these tasks
   */
  public Adder(CreditCode self, SumSigner signer, List<SumTask> tasks) {
    this.self = self;
    this.signer = signer;
    var known = new HashMap<String, SumTask>();
    tasks.forEach(task -> {
      if (task.adder(self).isEmpty()) {
        throw new IllegalArgumentException("not an adder of the task");
      }
      known.put(task.id(), task);
    });
    this.checks = new InputChecks(known);
    this.context = HeContext.open(HeParameters.RECORDS_8192, new SecureRandom());
  }

  /** What became of a message. */
  public sealed interface Taken {
    record Added() implements Taken {}

    /** The same signed input again, as a producer sends it after an interruption. */
    record Repeated() implements Taken {}

    /** Left out; the next message may be good. */
    record Refused(SumRefusal reason) implements Taken {}

    /**
     * A window was closed.
     *
     * @param sums one for each of its groups
     */
    record Closed(List<SignedSum> sums) implements Taken {
      public Closed {
        sums = List.copyOf(sums);
      }
    }
  }

  /** A message of the partition where its task belongs. */
  public Taken take(byte @Nullable [] message) {
    return take(checks.check(message, task -> true));
  }

  Taken take(InputMessage message) {
    return take(checks.check(message));
  }

  /** What other threads may check beforehand. */
  InputChecks checks() {
    return checks;
  }

  Taken take(Checked checked) {
    return switch (checked) {
      case Checked.LeftOut(SumRefusal reason) -> new Taken.Refused(reason);
      case Checked.Good good -> take(good);
      case Checked.End end -> close(end.task(), end.close());
    };
  }

  private Taken take(Checked.Good good) {
    var statement = good.signed().statement();
    var batch = statement.batch();
    if (closed.contains(new Window(batch.task(), batch.window()))) {
      return new Taken.Refused(SumRefusal.WINDOW_CLOSED);
    }
    var sum = Optional.ofNullable(open.get(batch));
    if (sum.filter(one -> one.holds(statement)).isPresent()) {
      return new Taken.Repeated();
    }
    return sum.flatMap(one -> refusal(good.task(), one, statement))
        .<Taken>map(Taken.Refused::new)
        .orElseGet(() -> add(batch, good.signed(), good.limbs()));
  }

  private static Optional<SumRefusal> refusal(
      SumTask task, GroupSum sum, InputStatement statement) {
    if (sum.used(statement)) {
      return Optional.of(SumRefusal.SIGNED_TWICE);
    }
    if (sum.holdsCiphertext(statement.ciphertextSha256())) {
      return Optional.of(SumRefusal.SAME_CIPHERTEXT);
    }
    return sum.inputs() >= task.maxInputs()
        ? Optional.of(SumRefusal.TOO_MANY_INPUTS)
        : Optional.empty();
  }

  private Taken add(SumBatch batch, SignedInput input, Words limbs) {
    var sum = open.get(batch);
    if (sum != null) {
      sum.add(input, limbs);
    } else if (open.size() >= MAX_OPEN || alone(batch, input) >= MAX_ALONE) {
      return new Taken.Refused(SumRefusal.TOO_MANY_SUMS);
    } else {
      open.put(batch, GroupSum.of(context, input, limbs));
    }
    return new Taken.Added();
  }

  private long alone(SumBatch batch, SignedInput input) {
    var producer = input.statement().producer();
    return open.entrySet().stream()
        .filter(one -> one.getKey().task().equals(batch.task()))
        .filter(one -> one.getValue().isOnlyOf(producer))
        .count();
  }

  private Taken close(SumTask task, WindowClose close) {
    if (!closed.add(new Window(close.task(), close.window()))) {
      return new Taken.Repeated();
    }
    var me = task.adder(self).orElseThrow();
    var sums = new ArrayList<SignedSum>();
    for (var one : new TreeMap<>(open).entrySet()) {
      var batch = one.getKey();
      if (batch.task().equals(close.task()) && batch.window().equals(close.window())) {
        open.remove(batch);
        try (var sum = one.getValue()) {
          sums.add(sum.sign(batch, me, signer));
        }
      }
    }
    return new Taken.Closed(sums);
  }

  @Override
  public void close() {
    open.values().forEach(GroupSum::close);
    context.close();
  }
}

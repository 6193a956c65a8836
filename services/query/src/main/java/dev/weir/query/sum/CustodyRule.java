package dev.weir.query.sum;

import dev.weir.kernel.CreditCode;
import java.util.HashSet;
import java.util.List;

/** What must hold before a sum is opened. Every one stops an attack that the others let pass. */
enum CustodyRule {
  /** Both adders of the task, and not one of them twice. */
  TWO_ADDERS_SIGNED(SumRefusal.BAD_SIGNATURE) {
    @Override
    boolean holds(SumTask task, SignedSum first, SignedSum second) {
      return !first.signed().adder().equals(second.signed().adder())
          && List.of(first, second).stream().allMatch(sum -> isSigned(task, sum));
    }
  },
  /** The same inputs, and byte-equal sums. */
  ADDERS_AGREE(SumRefusal.ADDERS_DISAGREE) {
    @Override
    boolean holds(SumTask task, SignedSum first, SignedSum second) {
      return first.statement().equals(second.statement())
          && first.ciphertext().equals(second.ciphertext());
    }
  },
  /** What was signed is what came. */
  DIGEST_IS_OF_THE_SUM(SumRefusal.WRONG_DIGEST) {
    @Override
    boolean holds(SumTask task, SignedSum first, SignedSum second) {
      return List.of(first, second).stream()
          .allMatch(sum ->
              sum.statement().ciphertextSha256().equals(RecordGate.sha256(sum.ciphertext())));
    }
  },
  INPUTS_OF_THE_BATCH(SumRefusal.WRONG_BATCH) {
    @Override
    boolean holds(SumTask task, SignedSum first, SignedSum second) {
      var statement = first.statement();
      return statement.batch().task().equals(task.id())
          && statement.inputs().stream()
              .allMatch(input -> input.statement().batch().equals(statement.batch()));
    }
  },
  PRODUCERS_SIGNED(SumRefusal.BAD_SIGNATURE) {
    @Override
    boolean holds(SumTask task, SignedSum first, SignedSum second) {
      var keys = new PartyKeys();
      return first.statement().inputs().stream().allMatch(input -> input.isSignedIn(task, keys));
    }
  },
  /** No input, sequence number or ciphertext twice, which would scale a record. */
  NOTHING_TWICE(SumRefusal.SIGNED_TWICE) {
    @Override
    boolean holds(SumTask task, SignedSum first, SignedSum second) {
      var seen = new HashSet<Object>();
      return first.statement().isOrdered()
          && first.statement().inputs().stream()
              .map(SignedInput::statement)
              .allMatch(input ->
                  seen.add(new Place(input.producer(), input.sequence()))
                      && seen.add(input.ciphertextSha256()));
    }
  },
  ENOUGH_PRODUCERS(SumRefusal.TOO_FEW_PRODUCERS) {
    @Override
    boolean holds(SumTask task, SignedSum first, SignedSum second) {
      return first.statement().producers() >= task.minProducers();
    }
  },
  /** More could wrap around. */
  NOT_TOO_MANY_INPUTS(SumRefusal.TOO_MANY_INPUTS) {
    @Override
    boolean holds(SumTask task, SignedSum first, SignedSum second) {
      return first.statement().inputs().size() <= task.maxInputs();
    }
  },
  /** Through the gate, like every foreign ciphertext. */
  WELL_FORMED(SumRefusal.BAD_CIPHERTEXT) {
    @Override
    boolean holds(SumTask task, SignedSum first, SignedSum second) {
      return RecordGate.open(task.parameters(), first.ciphertext()).isPresent();
    }
  };

  private final SumRefusal reason;

  CustodyRule(SumRefusal reason) {
    this.reason = reason;
  }

  SumRefusal reason() {
    return reason;
  }

  abstract boolean holds(SumTask task, SignedSum first, SignedSum second);

  private record Place(CreditCode producer, long sequence) {}

  /** Whether an adder of the task signed the statement. */
  static boolean isSigned(SumTask task, SignedSum sum) {
    return task.adder(sum.signed().adder())
        .filter(adder -> adder.signed(sum.statement().toSign(), sum.signed().signature()))
        .isPresent();
  }
}

package dev.weir.cli.campaign.he;

import dev.weir.he.HeException;
import dev.weir.he.HeLibrary;
import dev.weir.he.wire.WireException;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Sends mutated envelopes through the gate and counts what happens. Confined to one thread. */
final class EnvelopeFuzz {
  private final RandomGenerator random;
  private final Map<String, Integer> faults = new TreeMap<>();
  private int refused;
  private int passed;

  EnvelopeFuzz(long seed) {
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /**
   * @param refused by the gate, or by the native library with one of its codes
   * @param passed and worked with
   * @param faults anything else that was thrown, by kind of envelope and exception
   * @param leaked native objects left behind
   */
  record Outcome(int refused, int passed, Map<String, Integer> faults, long leaked) {
    boolean held() {
      return faults.isEmpty() && leaked == 0;
    }
  }

  Outcome run(int rounds) {
    long before = HeLibrary.loaded().liveObjects();
    try (var envelopes = new Envelopes()) {
      for (int round = 0; round < rounds; round++) {
        var envelope = envelopes.all().get(random.nextInt(envelopes.all().size()));
        send(envelope, Mutation.of(envelope.good(), random));
      }
    }
    return new Outcome(refused, passed, faults, HeLibrary.loaded().liveObjects() - before);
  }

  private void send(Envelopes.Envelope envelope, byte[] bytes) {
    try {
      envelope.use().accept(bytes);
      passed++;
    } catch (WireException | HeException expected) {
      refused++;
    } catch (RuntimeException e) {
      faults.merge(envelope.kind() + ": " + e.getClass().getName(), 1, Integer::sum);
    }
  }
}

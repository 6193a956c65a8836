package dev.weir.audit.verify;

import dev.weir.audit.meter.Reading;
import dev.weir.audit.verify.Finding.Rule;
import dev.weir.kernel.evidence.EvidenceKind;
import dev.weir.kernel.evidence.EvidenceRecord;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Computes every charge again from the price in the leaf that concluded the contract: free calls,
 * then {@code perCall + ⌈perRho × nanoRho / 10⁹⌉}, until the ceiling is reached.
 */
final class PriceCheck {
  private static final BigInteger NANO = BigInteger.valueOf(1_000_000_000);

  private final Map<String, Price> prices = new HashMap<>();
  private final TreeMap<String, List<Metered>> metered = new TreeMap<>();

  private record Price(long perCall, long perRho, long free, long ceiling) {
    static Price of(EvidenceRecord leaf) {
      return new Price(
          price(leaf, "perCallFen"),
          price(leaf, "perRhoFen"),
          price(leaf, "freeCalls"),
          price(leaf, "ceilingFen"));
    }

    /** What a call costs after so many calls and so high a bill. */
    BigInteger charge(long calls, BigInteger bill, long nanoRho) {
      if (calls < free) {
        return BigInteger.ZERO;
      }
      var rho = BigInteger.valueOf(perRho).multiply(BigInteger.valueOf(nanoRho));
      var whole = rho.add(NANO).subtract(BigInteger.ONE).divide(NANO);
      var room = BigInteger.valueOf(ceiling).subtract(bill).max(BigInteger.ZERO);
      return whole.add(BigInteger.valueOf(perCall)).min(room);
    }
  }

  /**
   * @param earlierCalls calls metered before: a correction comes before the next call
   */
  private record Metered(Reading reading, long earlierCalls, String file) {
    boolean correction() {
      return reading.calls() == 0;
    }
  }

  void add(long index, EvidenceRecord leaf, String file) {
    if (leaf.kind() == EvidenceKind.METER) {
      var earlier = Long.parseLong(leaf.figures().getOrDefault("earlierCalls", ""));
      metered
          .computeIfAbsent(leaf.contractId().orElseThrow(), unseen -> new ArrayList<>())
          .add(new Metered(Reading.of(index, leaf), earlier, file));
    } else if (leaf.kind() == EvidenceKind.CONTRACT
        && leaf.figures().getOrDefault("step", "").equals("concluded")) {
      prices.putIfAbsent(leaf.contractId().orElseThrow(), Price.of(leaf));
    }
  }

  /**
   * Finds each reading that is charged otherwise.
   *
   * @param unchecked takes the contracts whose price is in no leaf
   */
  void finish(Export export, SortedSet<String> unchecked) {
    metered.forEach((contract, readings) -> {
      var price = prices.get(contract);
      if (price == null) {
        unchecked.add(contract);
      } else {
        bill(export, price, readings);
      }
    });
  }

  private static void bill(Export export, Price price, List<Metered> readings) {
    readings.sort(
        Comparator.comparingLong(Metered::earlierCalls)
            .thenComparing(one -> !one.correction())
            .thenComparingLong(one -> one.reading().index()));
    long calls = 0;
    var bill = BigInteger.ZERO;
    for (var one : readings) {
      var reading = one.reading();
      var fen = BigInteger.valueOf(reading.fen());
      boolean holds =
          one.earlierCalls() == calls
              && (one.correction() || holds(price, reading, calls, bill, fen));
      if (!holds) {
        export.find(Rule.PRICE, reading.index(), reading.leafId().toString(), one.file());
      }
      calls += one.correction() ? 0 : 1;
      bill = bill.add(fen);
    }
  }

  private static boolean holds(
      Price price, Reading reading, long calls, BigInteger bill, BigInteger fen) {
    return reading.calls() == 1
        && reading.freeCalls() == (calls < price.free() ? 1 : 0)
        && price.charge(calls, bill, reading.nanoRho()).equals(fen);
  }

  private static long price(EvidenceRecord leaf, String name) {
    return Long.parseLong(leaf.figures().getOrDefault("price." + name, ""));
  }
}

package dev.weir.runtime.ledger;

import dev.weir.policy.contract.Price;
import java.math.BigInteger;

/** What one call costs, in whole fen: {@code perCall + ⌈perRho × nanoRho / 10⁹⌉}. */
public final class MeterPrice {
  private static final BigInteger NANO = BigInteger.valueOf(1_000_000_000L);

  private MeterPrice() {}

  /**
   * @param earlierCalls calls already read on this account; the first {@code freeCalls} are free
   * @param earlierFen the bill so far; the charge stops at the ceiling
   * @param nanoRho of all lineages together
   * @return not negative
   */
  public static long charge(Price price, long earlierCalls, long earlierFen, long nanoRho) {
    if (earlierCalls < price.freeCalls()) {
      return 0;
    }
    BigInteger perRho =
        BigInteger.valueOf(price.perRhoFen())
            .multiply(BigInteger.valueOf(nanoRho))
            .add(NANO)
            .subtract(BigInteger.ONE)
            .divide(NANO);
    BigInteger room = BigInteger.valueOf(price.ceilingFen() - earlierFen).max(BigInteger.ZERO);
    return perRho.add(BigInteger.valueOf(price.perCallFen())).min(room).longValueExact();
  }
}

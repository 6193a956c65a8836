package dev.weir.policy.contract;

/**
 * The price of use in integer fen (1/100 yuan). The charge of one call is {@code perCallFen +
 * ceil(perRhoFen × nanoRho / 10⁹)}, nothing for the first {@code freeCalls} calls, and the sum of
 * all charges of the contract never passes {@code ceilingFen}.
 */
public record Price(long perCallFen, long perRhoFen, long freeCalls, long ceilingFen) {
  public Price {
    if (perCallFen < 0 || perRhoFen < 0 || freeCalls < 0 || ceilingFen < 0) {
      throw new IllegalArgumentException("a price is not negative");
    }
  }
}

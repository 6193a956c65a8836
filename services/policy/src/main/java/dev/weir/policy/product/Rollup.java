package dev.weir.policy.product;

import java.util.List;

/**
 * The cells that a product keeps for encrypted questions: how many records there are for each
 * combination of the keys' declared values, and the sum of each measure over them. Cells appear
 * once per data version, all of them, empty ones included.
 *
 * @param keys names of columns with a declared key domain, in the order of the cells' index
 * @param measures names of the numeric columns that are summed; the count is always kept
 * @param nanoRho zCDP ρ in units of 10⁻⁹ that every data version of a dp product charges to the
 *     contract's allotment; 0 for an exact product
 */
public record Rollup(List<String> keys, List<String> measures, long nanoRho) {
  public static final int MAX_KEYS = 4;
  public static final int MAX_MEASURES = 8;

  public Rollup {
    keys = List.copyOf(keys);
    measures = List.copyOf(measures);
    if (keys.isEmpty() || keys.size() > MAX_KEYS || measures.size() > MAX_MEASURES) {
      throw new IllegalArgumentException("a rollup has 1 to 4 keys and up to 8 measures");
    }
    if (nanoRho < 0) {
      throw new IllegalArgumentException("a charge is not negative");
    }
  }
}

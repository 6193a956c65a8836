package dev.weir.query.plan;

/**
 * What a caller asks of a plan besides the SQL.
 *
 * @param minGroup smallest group shown: the largest of contract, product and bundle floor; exact
 *     plans count truly, dp plans compare the noisy count; 1 or less shows every group
 * @param accuracy what a dp answer may cost, or how exact it must be; exact plans ignore it
 * @param picoDelta δ of private group selection in 10⁻¹², charged only when groups are selected
 *     privately
 */
public record PlanParameters(int minGroup, Accuracy accuracy, long picoDelta) {
  /** δ = 10⁻⁸ when a caller names none. */
  public static final long DEFAULT_PICO_DELTA = 10_000;

  public PlanParameters {
    if (picoDelta < 1 || picoDelta > 1_000_000_000L) {
      throw new IllegalArgumentException("δ lies between 10⁻¹² and 10⁻³");
    }
  }

  /** Either a price or a target. */
  public sealed interface Accuracy {
    /**
     * Spend exactly this.
     *
     * @param nanoRho zCDP ρ in 10⁻⁹, at least 1
     */
    record Rho(long nanoRho) implements Accuracy {
      public Rho {
        if (nanoRho < 1) {
          throw new IllegalArgumentException("ρ is positive");
        }
      }
    }

    /**
     * Spend what it takes for every statistic's 95 % half-width to be at most {@code fraction} of
     * what {@code minGroup} records of the largest declared size contribute. For a count over
     * {@code minGroup = 100}, 0.1 asks for ±10. Free of data by construction.
     *
     * @param fraction above 0, at most 10
     */
    record RelativeError(double fraction) implements Accuracy {
      public RelativeError {
        if (!(fraction > 0 && fraction <= 10)) {
          throw new IllegalArgumentException("a relative error lies between 0 and 10");
        }
      }
    }
  }

  public static PlanParameters spending(long nanoRho, int minGroup) {
    return new PlanParameters(minGroup, new Accuracy.Rho(nanoRho), DEFAULT_PICO_DELTA);
  }

  public static PlanParameters within(double fraction, int minGroup) {
    return new PlanParameters(minGroup, new Accuracy.RelativeError(fraction), DEFAULT_PICO_DELTA);
  }
}

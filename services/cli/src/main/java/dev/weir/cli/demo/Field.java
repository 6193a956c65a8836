package dev.weir.cli.demo;

import dev.weir.policy.product.MeasureBounds;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a person decided about one column. Immutable; built up step by step.
 *
 * @param role a role of the standard, confirmed
 * @param treatment after the intake contract
 * @param treatedType the type after treatment; empty when it stays
 * @param offered whether the product has the column
 * @param grants column constraints for every party
 * @param bounds {@code lower, upper, granule, dependsOnData}
 * @param keys the declared key domain; empty list for private selection
 */
record Field(
    String name,
    String role,
    int level,
    String description,
    Map<String, Object> treatment,
    Optional<String> treatedType,
    boolean offered,
    List<String> grants,
    Optional<Bounds> bounds,
    Optional<List<String>> keys,
    boolean unique) {

  /** Bounds and granule of a measure. */
  record Bounds(BigDecimal lower, BigDecimal upper, BigDecimal granule, boolean dependsOnData) {
    static Bounds declared(long lower, long upper) {
      return new Bounds(
          BigDecimal.valueOf(lower), BigDecimal.valueOf(upper), BigDecimal.ONE, false);
    }

    /**
     * @return this
     * @throws IllegalArgumentException when no contract would take them
     */
    Bounds check() {
      new MeasureBounds(lower, upper, granule, dependsOnData);
      return this;
    }

    /** The largest number of granules a value can have, either side of zero. */
    BigDecimal magnitude() {
      return lower.abs().max(upper.abs()).divide(granule);
    }
  }

  static Field of(String name, String role, int level, String description) {
    return new Field(
        name,
        role,
        level,
        description,
        Map.of("type", "keep"),
        Optional.empty(),
        true,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  Field granted(String... constraints) {
    return new Field(
        name,
        role,
        level,
        description,
        treatment,
        treatedType,
        offered,
        List.of(constraints),
        bounds,
        keys,
        unique);
  }

  Field treated(Map<String, Object> how, Optional<String> type) {
    return new Field(
        name, role, level, description, how, type, offered, grants, bounds, keys, unique);
  }

  Field dropped() {
    return new Field(
        name,
        role,
        level,
        description,
        Map.of("type", "drop"),
        treatedType,
        false,
        List.of(),
        bounds,
        keys,
        unique);
  }

  Field bounded(Bounds declared) {
    return new Field(
        name,
        role,
        level,
        description,
        treatment,
        treatedType,
        offered,
        grants,
        Optional.of(declared),
        keys,
        unique);
  }

  Field keyed(List<String> domain) {
    return new Field(
        name,
        role,
        level,
        description,
        treatment,
        treatedType,
        offered,
        grants,
        bounds,
        Optional.of(List.copyOf(domain)),
        unique);
  }

  Field distinct() {
    return new Field(
        name,
        role,
        level,
        description,
        treatment,
        treatedType,
        offered,
        grants,
        bounds,
        keys,
        true);
  }
}

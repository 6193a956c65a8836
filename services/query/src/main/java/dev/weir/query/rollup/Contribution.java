package dev.weir.query.rollup;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What one record adds, on its way through the topology. Every record becomes exactly one, whether
 * it adds something or not, so that counting them tells when a version is complete.
 *
 * @param run the intake run that wrote the record
 * @param version the data version that the run is to make
 * @param cell index of the cell, {@link #NOWHERE} or {@link #UNREADABLE}
 * @param values one per measure, in granules; empty where the record has none
 */
record Contribution(UUID run, long version, int cell, List<Optional<Long>> values) {
  /** Its keys are in no cell, or its person has reached the bound. */
  static final int NOWHERE = -1;

  /** The record did not follow the resource's columns: the version cannot be counted. */
  static final int UNREADABLE = -2;

  Contribution {
    values = List.copyOf(values);
  }

  static Contribution without(UUID run, long version, int why) {
    return new Contribution(run, version, why, List.of());
  }

  Contribution nowhere() {
    return without(run, version, NOWHERE);
  }
}

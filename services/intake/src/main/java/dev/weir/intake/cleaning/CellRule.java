package dev.weir.intake.cleaning;

import dev.weir.intake.frame.Row;

/** A compiled rule over one cell that is neither empty nor bad. Confined to one thread. */
@FunctionalInterface
interface CellRule {
  boolean accepts(Row row, int column);
}

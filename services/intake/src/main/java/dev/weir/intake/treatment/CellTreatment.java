package dev.weir.intake.treatment;

import dev.weir.intake.frame.Row;

/** A compiled treatment: writes one cell of the treated row. Confined to one thread. */
@FunctionalInterface
interface CellTreatment {

  /** Called only when the source cell holds a value. */
  void treat(Row source, int column, Row treated, int treatedColumn);
}

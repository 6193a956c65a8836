package dev.weir.intake.run;

import dev.weir.kernel.data.RecordSchema;

/** Opens record streams. Thread-safe. */
@FunctionalInterface
interface RecordStreams {

  /**
   * @param treated the columns as they will be stored
   */
  RecordStream open(Run run, RecordSchema treated);
}

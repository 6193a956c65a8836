package dev.weir.cli.demo;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What the demo was asked for.
 *
 * @param lastAct plays up to this act; empty for all
 * @param data the user's own file instead of the public data
 * @param department decides about that file
 * @param keep whether the stack is left up for its owner to go on by hand
 * @param breakACheck makes one check wrong on purpose, so that a test can see that a failed check
 *     is noticed
 */
record DemoOptions(
    String lastAct, Optional<Path> data, Department department, boolean keep, boolean breakACheck) {

  /** All of the story on the public data. */
  static DemoOptions ofPublicData() {
    return new DemoOptions(
        "", Optional.empty(), new ActingDepartment(Optional.<ZoneId>empty()), false, false);
  }
}

package dev.weir.cli.demo;

import dev.weir.cli.demo.Field.Bounds;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Decides about the user's own file what only the department that owns it can know. */
interface Department {

  /**
   * The column that tells persons apart, and how much of one person counts.
   *
   * @param maxGroups groups of one answer a person may appear in
   * @param maxRowsPerGroup rows of one person counted in a group
   */
  record PersonKey(String column, int maxGroups, int maxRowsPerGroup) {
    public PersonKey {
      if (maxGroups < 1 || maxRowsPerGroup < 1) {
        throw new IllegalArgumentException("contribution bounds start at 1");
      }
    }
  }

  /**
   * The zone of times that carry none.
   *
   * @param columns that hold such times
   * @return empty when nobody declares one; it is never guessed
   */
  Optional<ZoneId> zone(List<String> columns);

  /**
   * @param proposed by the recognisers; empty when they saw none
   * @return empty when the file is not about persons
   */
  Optional<PersonKey> personKey(Optional<String> proposed, List<String> columns);

  /**
   * @param proposal the profile's, rounded outwards
   */
  Bounds bounds(String column, Bounds proposal);

  /**
   * @return the public key domain; empty when groups are to be selected privately
   */
  List<String> keys(String column);
}

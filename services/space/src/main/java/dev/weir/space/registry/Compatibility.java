package dev.weir.space.registry;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidatorBuilder;

/**
 * BACKWARD_TRANSITIVE: a reader with the new schema reads what was written with any older one.
 * Stateless.
 */
final class Compatibility {
  private Compatibility() {}

  /**
   * @param older every version before, in any order
   */
  static boolean holds(Schema candidate, List<Schema> older) {
    var validator = new SchemaValidatorBuilder().canReadStrategy().validateAll();
    try {
      validator.validate(candidate, older);
      return true;
    } catch (SchemaValidationException e) {
      return false;
    }
  }
}

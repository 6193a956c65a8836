package dev.weir.space.registry;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.runtime.kafka.SchemaCheck;
import dev.weir.runtime.kafka.SchemaIds;
import org.apache.avro.Schema;

/** Parses schema text from outside within limits. Stateless. */
final class SchemaLimits {
  static final int MAX_CHARACTERS = 256 << 10;
  static final int MAX_DEPTH = 32;

  private SchemaLimits() {}

  /**
   * @throws ProblemException of type {@link ProblemType#VALIDATION_FAILED} when the text is too
   *     long, too deeply nested, names a Java class or is no Avro schema
   */
  static Schema parse(String text) {
    if (text.length() > MAX_CHARACTERS || depth(text) > MAX_DEPTH) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED,
          "A schema has at most 262144 characters and 32 levels of nesting.");
    }
    try {
      return SchemaCheck.parse(text);
    } catch (SchemaIds.SchemaRefused e) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED, "The text is not an Avro schema that is accepted here.");
    } catch (RuntimeException e) {
      // Avro reports some defects of a schema with other exceptions.
      throw new ProblemException(ProblemType.VALIDATION_FAILED, "The text is not an Avro schema.");
    }
  }

  /** Brackets count wherever they stand: too strict for odd names in quotes, never too lax. */
  private static int depth(String text) {
    int depth = 0;
    int deepest = 0;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '{', '[' -> deepest = Math.max(deepest, ++depth);
        case '}', ']' -> depth--;
        default -> {}
      }
    }
    return deepest;
  }
}

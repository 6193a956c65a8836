package dev.weir.kernel.data;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;

/**
 * One column of a resource, classified and graded.
 *
 * @param name 1 to 63 characters of letters, digits and underscore (any script), not starting with
 *     a digit
 * @param type how its values are stored
 * @param scale digits after the point for {@link ColumnType#DECIMAL}, otherwise 0
 * @param nullable whether a record may lack it
 * @param role what it is for privacy
 * @param legalClass class under the Data Security Law
 * @param level 1 (lowest) to 5, the security level codes 001-005 of NDI-TR-2025-06
 * @param description for the data dictionary
 */
public record Column(
    String name,
    ColumnType type,
    int scale,
    boolean nullable,
    ColumnRole role,
    LegalClass legalClass,
    int level,
    String description) {
  public static final int MAX_LEVEL = 5;

  public Column {
    if (!name.matches("[\\p{L}_][\\p{L}\\p{N}_]{0,62}")) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED,
          "A column name has 1 to 63 letters, digits or underscores and does not start with a digit.");
    }
    if (level < 1 || level > MAX_LEVEL) {
      throw new ProblemException(
          ProblemType.UNCLASSIFIED, "Every column needs a level from 1 to 5.");
    }
    if (scale < 0 || scale > 18 || (scale > 0 && type != ColumnType.DECIMAL)) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED, "Only a decimal column has a scale, from 0 to 18.");
    }
  }
}

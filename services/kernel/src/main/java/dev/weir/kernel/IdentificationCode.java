package dev.weir.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.SecureRandom;

/**
 * An identification code of NDI-TR-2025-04 §4: type (1), subject (18), region or industry (4),
 * random (8), check character (1). Once assigned it never changes and is never reused. Immutable.
 */
public record IdentificationCode(@JsonValue String value) {
  public static final int LENGTH = 32;
  private static final String RANDOM_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  static final int RANDOM_LENGTH = 8;

  /** The first character of the code. */
  public enum Type {
    GLOBAL_PLATFORM('1'),
    REGION_PLATFORM('2'),
    INDUSTRY_PLATFORM('3'),
    SERVICE_NODE('4'),
    CONNECTOR('5'),
    PRODUCT('6'),
    RESOURCE('7');

    private final char symbol;

    Type(char symbol) {
      this.symbol = symbol;
    }
  }

  public IdentificationCode {
    boolean wellFormed =
        value.length() == LENGTH
            && value.charAt(0) >= '1'
            && value.charAt(0) <= '7'
            && CreditCode.isValid(value.substring(1, 1 + CreditCode.LENGTH))
            && CheckCharacter.isValid(value);
    if (!wellFormed) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED,
          "An identification code has 32 characters after NDI-TR-2025-04 and ends in its check character.");
    }
  }

  @JsonCreator
  public static IdentificationCode of(String value) {
    return new IdentificationCode(value);
  }

  /**
   * @param area four digits: region or industry
   */
  public static IdentificationCode assign(
      Type type, CreditCode subject, String area, SecureRandom random) {
    if (!area.matches("[0-9]{4}")) {
      throw new ProblemException(ProblemType.VALIDATION_FAILED, "An area code has four digits.");
    }
    String body = type.symbol + subject.value() + area + randomPart(random);
    return new IdentificationCode(body + CheckCharacter.of(body));
  }

  static String randomPart(SecureRandom random) {
    var part = new StringBuilder(RANDOM_LENGTH);
    for (int i = 0; i < RANDOM_LENGTH; i++) {
      part.append(RANDOM_ALPHABET.charAt(random.nextInt(RANDOM_ALPHABET.length())));
    }
    return part.toString();
  }

  @Override
  public String toString() {
    return value;
  }
}

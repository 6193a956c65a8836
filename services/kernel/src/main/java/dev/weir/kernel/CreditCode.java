package dev.weir.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A unified social credit code of 18 characters (GB 32100): registering body, category, area of 6
 * digits, organisation code of 9, check character.
 *
 * <p>Immutable. The check character is Σ aᵢ·3^(i−1) mod 31 over the first 17 characters of the
 * alphabet without I, O, S, V, Z.
 */
public record CreditCode(@JsonValue String value) implements Comparable<CreditCode> {
  public static final int LENGTH = 18;
  private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  private static final int AREA_START = 2;
  private static final int AREA_END = 8;

  /**
   * @throws ProblemException of type {@link ProblemType#VALIDATION_FAILED} when the length, an area
   *     digit, a character or the check character is wrong
   */
  public CreditCode {
    if (!isValid(value)) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED,
          "A credit code has 18 characters after GB 32100 and ends in its check character.");
    }
  }

  @JsonCreator
  public static CreditCode of(String value) {
    return new CreditCode(value);
  }

  public static boolean isValid(String value) {
    if (value.length() != LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      boolean mustBeDigit = i >= AREA_START && i < AREA_END;
      int digit = ALPHABET.indexOf(value.charAt(i));
      if (digit < 0 || (mustBeDigit && digit > 9)) {
        return false;
      }
    }
    return value.charAt(LENGTH - 1) == checkCharacter(value.substring(0, LENGTH - 1));
  }

  /**
   * @param body the first 17 characters, all of the alphabet
   */
  public static char checkCharacter(String body) {
    int sum = 0;
    int weight = 1;
    for (int i = 0; i < LENGTH - 1; i++) {
      sum += ALPHABET.indexOf(body.charAt(i)) * weight;
      weight = weight * 3 % ALPHABET.length();
    }
    return ALPHABET.charAt((ALPHABET.length() - sum % ALPHABET.length()) % ALPHABET.length());
  }

  @Override
  public int compareTo(CreditCode other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}

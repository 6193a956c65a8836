package dev.weir.kernel;

/**
 * The MOD 37-2 check character of GB/T 17710 (ISO 7064): Σ aᵢ·2^(i−1) ≡ 1 (mod 37), i counted from
 * the right, {@code '*'} = 36.
 */
public final class CheckCharacter {
  private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*";
  private static final int MODULUS = 37;

  private CheckCharacter() {}

  /**
   * @param body characters 0-9 and A-Z
   * @throws IllegalArgumentException when another character occurs
   */
  public static char of(String body) {
    int product = 0;
    for (int i = 0; i < body.length(); i++) {
      product = (product + digit(body.charAt(i))) * 2 % MODULUS;
    }
    return ALPHABET.charAt((MODULUS + 1 - product) % MODULUS);
  }

  public static boolean isValid(String code) {
    if (code.length() < 2) {
      return false;
    }
    for (int i = 0; i < code.length() - 1; i++) {
      char c = code.charAt(i);
      if (c == '*' || ALPHABET.indexOf(c) < 0) {
        return false;
      }
    }
    return code.charAt(code.length() - 1) == of(code.substring(0, code.length() - 1));
  }

  private static int digit(char c) {
    int digit = ALPHABET.indexOf(c);
    if (digit < 0 || c == '*') {
      throw new IllegalArgumentException("not a character of an identification code");
    }
    return digit;
  }
}

package dev.weir.he;

/**
 * Says in the code who reads secret bytes and why, so that one search finds every reader.
 *
 * @param purpose for a reviewer; not logged
 */
public record SecretAccess(String purpose) {
  public SecretAccess {
    if (purpose.isBlank()) {
      throw new IllegalArgumentException("reading a secret needs a purpose");
    }
  }
}

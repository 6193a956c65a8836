package dev.weir.kernel;

import java.util.UUID;

final class Uuids {
  private static final int LENGTH = 36;

  private Uuids() {}

  static UUID parse(String text) {
    try {
      if (text.length() == LENGTH) {
        var uuid = UUID.fromString(text);
        if (uuid.toString().equalsIgnoreCase(text)) {
          return uuid;
        }
      }
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
    throw invalid();
  }

  private static ProblemException invalid() {
    return new ProblemException(
        ProblemType.INVALID_REQUEST, "An identifier must be a UUID of 36 characters.");
  }
}

package dev.weir.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * A contract code of NDI-TR-2025-04: 'C', node type (1), subject (18), area (4), yyyyMMddHHmmss in
 * China Standard Time (14), random (8), check character (1). Immutable; never reused.
 */
public record ContractCode(@JsonValue String value) {
  public static final int LENGTH = 47;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneId.of("Asia/Shanghai"));
  private static final int SUBJECT_START = 2;
  private static final int AREA_START = SUBJECT_START + CreditCode.LENGTH;
  private static final int TIME_END = AREA_START + 4 + 14;

  public ContractCode {
    boolean wellFormed =
        value.length() == LENGTH
            && value.charAt(0) == 'C'
            && isDigit(value.charAt(1))
            && CreditCode.isValid(value.substring(SUBJECT_START, SUBJECT_START + CreditCode.LENGTH))
            && value.substring(AREA_START, TIME_END).chars().allMatch(c -> isDigit((char) c))
            && CheckCharacter.isValid(value);
    if (!wellFormed) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED,
          "A contract code has 47 characters after NDI-TR-2025-04 and ends in its check character.");
    }
  }

  @JsonCreator
  public static ContractCode of(String value) {
    return new ContractCode(value);
  }

  /**
   * @param nodeType one digit, 9 where the contract is made through the service platform
   * @param area four digits
   */
  public static ContractCode assign(
      int nodeType, CreditCode subject, String area, Instant now, SecureRandom random) {
    String body =
        "C"
            + nodeType
            + subject.value()
            + area
            + TIME.format(now)
            + IdentificationCode.randomPart(random);
    return new ContractCode(body + CheckCharacter.of(body));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  @Override
  public String toString() {
    return value;
  }
}

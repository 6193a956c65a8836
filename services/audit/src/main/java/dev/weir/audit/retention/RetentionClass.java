package dev.weir.audit.retention;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A class of records with its legal floor. */
public enum RetentionClass {
  /**
   * Network and operation logs: six months (Cybersecurity Law 2025, Art. 23(3); TC609 180 days).
   */
  NETWORK_LOGS(184),
  /** Records of processing personal information: three years (PIPL, Art. 56). */
  PERSONAL_INFORMATION_RECORDS(3 * 365 + 1);

  private final int floorDays;

  RetentionClass(int floorDays) {
    this.floorDays = floorDays;
  }

  public int floorDays() {
    return floorDays;
  }

  /** {@code network-logs}. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<RetentionClass> of(String slug) {
    return Arrays.stream(values()).filter(known -> known.slug().equals(slug)).findFirst();
  }
}

package dev.weir.audit.retention;

import dev.weir.policy.bundle.Floors;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A class of records with its legal floor, which the policy bundle states. */
public enum RetentionClass {
  /** Network, use and operation logs. */
  NETWORK_LOGS,
  /** Records of providing or entrusting personal or important data. */
  PERSONAL_INFORMATION_RECORDS,
  /** What a participant reported before it was cancelled. */
  CANCELLED_PARTICIPANTS;

  int floorDays(Floors floors) {
    return switch (this) {
      case NETWORK_LOGS -> floors.logRetentionDays();
      case PERSONAL_INFORMATION_RECORDS -> floors.personalRecordRetentionDays();
      case CANCELLED_PARTICIPANTS -> floors.cancelledNodeRetentionDays();
    };
  }

  /** {@code network-logs}. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<RetentionClass> of(String slug) {
    return Arrays.stream(values()).filter(known -> known.slug().equals(slug)).findFirst();
  }
}

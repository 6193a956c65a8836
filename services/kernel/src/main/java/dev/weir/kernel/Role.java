package dev.weir.kernel;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What an account may be in the data space. The three administrators of TC609-6-2025-13 §5 are
 * separate: no token may join two of them.
 */
public enum Role {
  PROVIDER,
  CONSUMER,
  OPERATOR,
  LABELLER,
  REVIEWER,
  AUDITOR,
  SYSTEM_ADMIN,
  SECURITY_ADMIN,
  AUDIT_ADMIN,
  /** A service of ours acting for itself. */
  SERVICE;

  private static final Set<Role> ADMINISTRATORS =
      EnumSet.of(SYSTEM_ADMIN, SECURITY_ADMIN, AUDIT_ADMIN);

  /** The name used in tokens: {@code system-admin} for {@link #SYSTEM_ADMIN}. */
  public String tokenName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * True when the roles join two administrators, or an administrator with an auditor, in one hand.
   */
  public static boolean conflict(Collection<Role> roles) {
    var held = EnumSet.noneOf(Role.class);
    held.addAll(roles);
    held.retainAll(ADMINISTRATORS);
    return held.size() > 1 || (!held.isEmpty() && roles.contains(AUDITOR));
  }
}

package dev.weir.runtime.http;

import dev.weir.kernel.Operation;
import dev.weir.kernel.Role;
import java.util.Set;

/** The part of the policy bundle that the HTTP border needs. Implementations are thread-safe. */
public interface ServicePolicy {

  /** Goes into every decision and every leaf. */
  String bundleVersion();

  /** True when one of the roles may perform the operation; an unknown operation is denied. */
  boolean allowed(Operation operation, Set<Role> roles);
}

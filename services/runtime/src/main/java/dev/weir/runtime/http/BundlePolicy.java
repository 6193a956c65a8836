package dev.weir.runtime.http;

import dev.weir.kernel.Operation;
import dev.weir.kernel.Role;
import dev.weir.policy.bundle.PolicyBundle;
import java.util.Set;

/** The border's view of the signed bundle. Immutable. */
record BundlePolicy(PolicyBundle bundle) implements ServicePolicy {

  @Override
  public String bundleVersion() {
    return bundle.version();
  }

  @Override
  public boolean allowed(Operation operation, Set<Role> roles) {
    return bundle.mayPerform(operation, roles);
  }
}

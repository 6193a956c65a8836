package dev.weir.policy.bundle;

import org.jspecify.annotations.Nullable;

/** The bundle is not what its signer signed, or cannot be read: nothing may be decided with it. */
public final class UntrustedBundleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UntrustedBundleException(String message) {
    super(message);
  }

  UntrustedBundleException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

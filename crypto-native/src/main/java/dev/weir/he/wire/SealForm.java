package dev.weir.he.wire;

/**
 * The version that headers carry. SEAL reads the forms of its own major version up to its own minor
 * one; SEAL 4.1, which node-seal 7 is, reads nothing newer than itself.
 */
public enum SealForm {
  CURRENT(4),
  NODE_SEAL_7(1);

  static final int MAJOR = 4;

  private final int minor;

  SealForm(int minor) {
    this.minor = minor;
  }

  int minor() {
    return minor;
  }
}

package dev.weir.he;

/** The multiply-accumulate kernels, slowest first; the ordinal is the native number. */
public enum MacKernel {
  SCALAR,
  AVX2,
  IFMA;

  /** Lower case, as figures and evidence name it. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}

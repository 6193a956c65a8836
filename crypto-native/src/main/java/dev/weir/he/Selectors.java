package dev.weir.he;

/** One client's ciphertexts in the order in which the kernel reads them. Thread-safe. */
public final class Selectors implements AutoCloseable {
  private final int terms;
  private final NativeHandle handle;

  Selectors(int terms, NativeHandle handle) {
    this.terms = terms;
    this.handle = handle;
  }

  public int terms() {
    return terms;
  }

  @Override
  public void close() {
    handle.close();
  }

  NativeHandle handle() {
    return handle;
  }
}

package dev.weir.he;

/** One client's ciphertexts in the order in which the kernel reads them. Thread-safe. */
public final class Selectors implements AutoCloseable {
  private final HeContext context;
  private final int terms;
  private final NativeHandle handle;

  Selectors(HeContext context, int terms, NativeHandle handle) {
    this.context = context;
    this.terms = terms;
    this.handle = handle;
  }

  public int terms() {
    return terms;
  }

  /** {@code some} of these, from {@code first} on; the same memory, closed on its own. */
  public Selectors part(int first, int some) {
    return new Selectors(
        context,
        some,
        handle.call(number -> context.own(context.calls().selectorsPart(number, first, some))));
  }

  @Override
  public void close() {
    handle.close();
  }

  NativeHandle handle() {
    return handle;
  }
}

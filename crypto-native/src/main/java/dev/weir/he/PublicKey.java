package dev.weir.he;

/** Encrypts for the holder of the secret key, and re-randomises. Thread-safe. */
public final class PublicKey implements AutoCloseable {
  private final HeContext context;
  private final NativeHandle handle;

  PublicKey(HeContext context, NativeHandle handle) {
    this.context = context;
    this.handle = handle;
  }

  /**
   * @param plain {@code [count][degree]} below the plain modulus; secret
   * @return {@code [count][2][data primes][degree]}
   */
  public Words encrypt(Words plain) {
    var parameters = context.parameters();
    var out = Words.allocate(2L * plain.count() * parameters.dataPrimes().size());
    handle.run(
        key -> context.calls().encryptPublic(key, context.seed(), plain.bytes(), out.bytes()));
    return out;
  }

  @Override
  public void close() {
    handle.close();
  }

  NativeHandle handle() {
    return handle;
  }
}

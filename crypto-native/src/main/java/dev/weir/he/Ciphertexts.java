package dev.weir.he;

import java.nio.ByteBuffer;

/**
 * Ciphertexts of one level, in coefficient form. Each operation treats all of them in one native
 * call. Reading is thread-safe; {@link #add} and {@link #flood} change them and are not.
 */
public final class Ciphertexts implements AutoCloseable {
  private final HeContext context;
  private final int count;
  private final int primesDropped;
  private final NativeHandle handle;

  Ciphertexts(HeContext context, int count, int primesDropped, NativeHandle handle) {
    this.context = context;
    this.count = count;
    this.primesDropped = primesDropped;
    this.handle = handle;
  }

  public int count() {
    return count;
  }

  /** The level: 0 for fresh ones. */
  public int primesDropped() {
    return primesDropped;
  }

  /** {@code [count][2][primes][degree]}, deterministic: what evidence is a hash of. */
  public Words limbs() {
    var parameters = context.parameters();
    long primes = (long) parameters.dataPrimes().size() - primesDropped;
    var out = Words.allocate(2L * count * primes * parameters.degree());
    handle.run(number -> context.calls().writeCiphertexts(number, out.bytes()));
    return out;
  }

  /** Adds the other ones, one by one, to these. */
  public void add(Ciphertexts more) {
    handle.run(sum -> more.handle.run(number -> context.calls().addTo(sum, number)));
  }

  /** These at a lower level. */
  public Ciphertexts switchModulus(int toPrimesDropped) {
    return new Ciphertexts(
        context,
        count,
        toPrimesDropped,
        handle.call(number -> context.own(context.calls().switchModulus(number, toPrimesDropped))));
  }

  /**
   * Splits ciphertext {@code index}, of a plaintext with coefficients a_j, into {@code leaves}: the
   * m-th encrypts {@code leaves} times the a_j with j = m modulo leaves, at X^(j−m).
   *
   * @param leaves a power of two
   */
  public Ciphertexts expand(int index, GaloisKeys keys, int leaves) {
    return new Ciphertexts(
        context,
        leaves,
        0,
        handle.call(query ->
            keys.handle()
                .call(key -> context.own(context.calls().expand(query, index, key, leaves)))));
  }

  /** What {@link #expand} gives, in the form in which the kernel reads it, and much sooner. */
  public Selectors expandSelectors(int index, GaloisKeys keys, int leaves) {
    return new Selectors(
        context,
        leaves,
        handle.call(query ->
            keys.handle()
                .call(key ->
                    context.own(context.calls().expandSelectors(query, index, key, leaves)))));
  }

  /**
   * Hides how these came about from the holder of the secret key: adds fresh encryptions of zero
   * and noise 2^40 times the worst that evaluation leaves. Void when the key was made maliciously.
   *
   * @throws HeException {@link HeFailure#UNSUPPORTED} for sets without room
   */
  public void flood(PublicKey key) {
    var parameters = context.parameters();
    if (!parameters.floods()) {
      throw new HeException(HeFailure.UNSUPPORTED);
    }
    int bits = parameters.floodBits();
    handle.run(number ->
        key.handle()
            .run(publicKey -> context.calls().flood(number, publicKey, context.seed(), bits)));
  }

  /** Packed replies, one after the other, {@code shape.bytes()} each. */
  public ByteBuffer truncate(ReplyShape shape) {
    int each = shape.bytes(context.parameters());
    var out = ByteBuffer.allocateDirect(Math.multiplyExact(each, count));
    handle.run(number ->
        context.calls().truncate(number, shape.bits(), shape.first(), shape.count(), out));
    return out;
  }

  /** These in the form in which the kernel reads them. */
  public Selectors selectors() {
    return selectors(0, count);
  }

  /** {@code some} of these, from {@code first} on, in the form in which the kernel reads them. */
  public Selectors selectors(int first, int some) {
    return new Selectors(
        context,
        some,
        handle.call(number -> context.own(context.calls().selectors(number, first, some))));
  }

  @Override
  public void close() {
    handle.close();
  }

  NativeHandle handle() {
    return handle;
  }
}

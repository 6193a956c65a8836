package dev.weir.he;

import java.util.List;

/**
 * Decrypts, and encrypts for its holder. Whatever it decrypts stays with the holder: neither the
 * plaintext nor whether it made sense goes back to who evaluated. Native memory is zeroed on close.
 * Thread-safe.
 */
public final class SecretKey implements AutoCloseable {
  private final HeContext context;
  private final NativeHandle handle;

  SecretKey(HeContext context, NativeHandle handle) {
    this.context = context;
    this.handle = handle;
  }

  /**
   * Symmetric encryptions; half as long as others because c1 travels as its seed.
   *
   * @param plain {@code [count][degree]} below the plain modulus; secret
   * @return {@code [count]} of c0 limbs and a seed, in the shape that {@link HeContext#seeded}
   *     takes
   */
  public Words encrypt(Words plain) {
    long count = plain.count() / context.parameters().degree();
    return encrypt(plain, Words.allocate(count * context.seededWords()));
  }

  /**
   * The same into memory of the caller's, for one who encrypts again and again: fresh memory costs
   * a twelfth of an encryption.
   *
   * @param out of exactly the words that {@link #encrypt(Words)} returns
   * @return {@code out}
   */
  public Words encrypt(Words plain, Words out) {
    handle.run(secret ->
        context.calls().encryptSymmetric(secret, context.seed(), plain.bytes(), out.bytes()));
    return out;
  }

  /**
   * @return {@code [count][degree]} below the plain modulus; noise beyond what the set promises
   *     gives a wrong answer and no sign of it
   */
  public Words decrypt(Ciphertexts ciphertexts) {
    long degree = context.parameters().degree();
    var plain = Words.allocate(ciphertexts.count() * degree);
    handle.run(secret ->
        ciphertexts.handle().run(number -> context.calls().decrypt(secret, number, plain.bytes())));
    return plain;
  }

  /** A public key: c0 limbs and a seed. */
  public Words publicKey() {
    var out = Words.allocate(keyWords());
    handle.run(secret -> context.calls().publicKey(secret, context.seed(), out.bytes()));
    return out;
  }

  /**
   * Switching keys for the automorphisms X → X^element.
   *
   * @return per element, per data prime: c0 limbs and a seed
   */
  public Words galoisKeys(List<Integer> elements) {
    long keys = (long) elements.size() * context.parameters().dataPrimes().size();
    var out = Words.allocate(keys * keyWords());
    handle.run(secret ->
        context.calls().galoisKeys(secret, Ints.direct(elements), context.seed(), out.bytes()));
    return out;
  }

  /** The key itself, {@code [primes][degree]} in NTT form; the caller erases it. */
  public Words revealLimbs(SecretAccess access) {
    java.util.Objects.requireNonNull(access);
    var out = Words.allocate((long) keyWords() - HeContext.SEED_WORDS);
    handle.run(secret -> context.calls().writeSecretKey(secret, out.bytes()));
    return out;
  }

  @Override
  public void close() {
    handle.close();
  }

  @Override
  public String toString() {
    return "SecretKey[" + context.parameters() + "]";
  }

  private int keyWords() {
    var parameters = context.parameters();
    return parameters.primes().size() * parameters.degree() + HeContext.SEED_WORDS;
  }
}

package dev.weir.he;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;

/**
 * One parameter set ready for work, and the maker of every object that belongs to it. Objects stay
 * valid when the context is closed before them. Thread-safe.
 *
 * <p>Limbs are residues: per polynomial, per prime, {@code degree} words, each below its prime. A
 * seed stands for a uniform polynomial and has {@link #SEED_WORDS} words.
 */
public final class HeContext implements AutoCloseable {
  /** Words of a seed. */
  public static final int SEED_WORDS = 8;

  private final HeParameters parameters;
  private final HeCalls calls;
  private final NativeHandle handle;
  private final SecureRandom random;

  private HeContext(HeParameters parameters, HeCalls calls, SecureRandom random) {
    this.parameters = parameters;
    this.calls = calls;
    this.random = random;
    this.handle = new NativeHandle(calls, calls.context(parameters.words().bytes()));
  }

  /**
   * @param random the only source of keys, encryption randomness and flooding noise
   * @throws IllegalStateException when the native library is absent or names the set differently
   */
  public static HeContext open(HeParameters parameters, SecureRandom random) {
    return over(HeLibrary.loaded().calls(), parameters, random);
  }

  static HeContext over(HeCalls calls, HeParameters parameters, SecureRandom random) {
    var context = new HeContext(parameters, calls, random);
    if (!context.named(true, 0).equals(parameters.id())
        || !context.named(false, 0).equals(parameters.levelId(0))) {
      context.close();
      throw new IllegalStateException("the library names " + parameters + " differently");
    }
    return context;
  }

  public HeParameters parameters() {
    return parameters;
  }

  /** A new key. The caller owns and closes it. */
  public SecretKey generateSecretKey() {
    return new SecretKey(this, make(context -> calls.secretKey(context, seed())));
  }

  /**
   * @param limbs {@code [primes][degree]} in NTT form, all primes; secret, left to the caller
   * @throws HeException when a limb is not below its prime
   */
  public SecretKey secretKey(Words limbs) {
    return new SecretKey(this, make(context -> calls.readSecretKey(context, limbs.bytes())));
  }

  /**
   * @param limbs c0 {@code [primes][degree]} in NTT form, then c1 likewise or its seed
   */
  public PublicKey publicKey(Words limbs) {
    return new PublicKey(this, make(context -> calls.readPublicKey(context, limbs.bytes())));
  }

  /**
   * @param elements odd, each once
   * @param limbs per element, per data prime: c0 {@code [primes][degree]} in NTT form, then c1
   *     likewise or its seed
   */
  public GaloisKeys galoisKeys(List<Integer> elements, Words limbs) {
    return new GaloisKeys(
        this,
        elements,
        make(context -> calls.readGaloisKeys(context, Ints.direct(elements), limbs.bytes())));
  }

  /**
   * @param limbs {@code [count][2][primes][degree]} of the level without the dropped primes
   */
  public Ciphertexts ciphertexts(int primesDropped, Words limbs) {
    int primes = parameters.dataPrimes().size() - primesDropped;
    int count = limbs.count() / (2 * primes * parameters.degree());
    return new Ciphertexts(
        this,
        count,
        primesDropped,
        make(context -> calls.readCiphertexts(context, primesDropped, limbs.bytes())));
  }

  /**
   * @param limbs {@code [count]} of c0 {@code [data primes][degree]} and the seed of c1
   */
  public Ciphertexts seeded(Words limbs) {
    int count = limbs.count() / seededWords();
    return new Ciphertexts(
        this, count, 0, make(context -> calls.readSeeded(context, limbs.bytes())));
  }

  /**
   * The ciphertexts that truncated replies stand for.
   *
   * @param packed direct; as {@link Ciphertexts#truncate} wrote it
   */
  public Ciphertexts lift(ReplyShape shape, ByteBuffer packed) {
    int count = packed.remaining() / shape.bytes(parameters);
    return new Ciphertexts(
        this,
        count,
        0,
        make(context ->
            calls.lift(context, shape.bits(), shape.first(), shape.count(), packed.slice())));
  }

  /**
   * Plaintexts with one value a slot.
   *
   * @param values {@code [count][degree]} below the plain modulus
   * @throws HeException when the plain modulus of the set has no slots
   */
  public Words encodeSlots(Words values) {
    var plain = Words.allocate(values.count());
    handle.run(context -> calls.encodeSlots(context, values.bytes(), plain.bytes()));
    return plain;
  }

  /** The reverse of {@link #encodeSlots}. */
  public Words decodeSlots(Words plain) {
    var values = Words.allocate(plain.count());
    handle.run(context -> calls.decodeSlots(context, plain.bytes(), values.bytes()));
    return values;
  }

  /**
   * Zeroed plaintext data of {@code outputs} rows of {@code terms} plaintexts.
   *
   * @param terms at most {@link Tiles#MAX_TERMS}
   * @throws HeException when the memory cannot be had
   */
  public Tiles tiles(int outputs, int terms) {
    return new Tiles(this, outputs, terms, make(context -> calls.tiles(context, outputs, terms)));
  }

  /** Words of one seeded ciphertext: c0 and a seed. */
  public int seededWords() {
    return parameters.dataPrimes().size() * parameters.degree() + SEED_WORDS;
  }

  @Override
  public void close() {
    handle.close();
  }

  HeCalls calls() {
    return calls;
  }

  NativeHandle own(long number) {
    return new NativeHandle(calls, number);
  }

  /** Bytes for one randomised call. */
  ByteBuffer seed() {
    var bytes = new byte[SEED_WORDS * Long.BYTES];
    random.nextBytes(bytes);
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  private NativeHandle make(java.util.function.LongUnaryOperator maker) {
    return handle.call(context -> own(maker.applyAsLong(context)));
  }

  private ParmsId named(boolean keyLevel, int primesDropped) {
    var out = ByteBuffer.allocateDirect(ParmsId.BYTES);
    handle.run(context -> calls.contextId(context, keyLevel, primesDropped, out));
    var bytes = new byte[ParmsId.BYTES];
    out.get(bytes);
    return ParmsId.ofBytes(bytes);
  }
}

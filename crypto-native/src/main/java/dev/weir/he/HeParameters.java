package dev.weir.he;

import dev.weir.he.ParmsId.Scheme;
import java.util.List;
import java.util.Optional;

/**
 * The registry of parameter sets. A set is immutable, named and known by the hash of its numbers;
 * changing one is a new name. All are BFV with ternary secrets; the bits of all primes together,
 * the key-switching prime included, stay at most 103 at degree 4096 and 210 at degree 8192, which
 * leaves a margin below 128-bit security. A page per set is in {@code compliance/he-parameters.md}.
 */
public enum HeParameters {
  /**
   * Sums of hidden selections over publishable cells, limbs of 9 bits. Depth: one product with
   * plaintexts, up to 2^20 terms. No circuit privacy.
   */
  CELLS_4096("cells-4096-v1", 4096, 536_870_923L, Primes.NARROW, 32.5),
  /** Lookup of one plaintext by an expanded query. No circuit privacy. */
  LOOKUP_4096("lookup-4096-v1", 4096, 65_537L, Primes.NARROW, 42.9),
  /** Like {@link #CELLS_4096} with limbs of 20 bits and room for flooding. */
  CELLS_8192("cells-8192-v1", 8192, 1_099_511_627_791L, Primes.WIDE, 43.5),
  /**
   * Sums of up to 2^16 public-key ciphertexts with one value a slot. Depth: additions only. Room
   * for flooding.
   */
  RECORDS_8192("records-8192-v1", 8192, 1_099_511_922_689L, Primes.WIDE, 34.5);

  private static final int FLOOD_MARGIN_BITS = 40;
  private static final int DEGREE_WITH_ROOM = 8192;

  private final String label;
  private final int degree;
  private final long plainModulus;
  private final List<Long> primes;
  private final double noiseBits;

  HeParameters(String label, int degree, long plainModulus, List<Long> primes, double noiseBits) {
    this.label = label;
    this.degree = degree;
    this.plainModulus = plainModulus;
    this.primes = primes;
    this.noiseBits = noiseBits;
  }

  /** The set of that name. */
  public static Optional<HeParameters> named(String label) {
    return List.of(values()).stream().filter(set -> set.label.equals(label)).findFirst();
  }

  /** The set with that id. */
  public static Optional<HeParameters> withId(ParmsId id) {
    return List.of(values()).stream().filter(set -> set.id().equals(id)).findFirst();
  }

  /** The immutable name, as contracts, envelopes and evidence carry it. */
  public String label() {
    return label;
  }

  /** Coefficients of a polynomial. */
  public int degree() {
    return degree;
  }

  /** Plaintexts are polynomials modulo this. */
  public long plainModulus() {
    return plainModulus;
  }

  /** All primes; the last one serves key switching only. */
  public List<Long> primes() {
    return primes;
  }

  /** The primes of fresh ciphertexts. */
  public List<Long> dataPrimes() {
    return primes.subList(0, primes.size() - 1);
  }

  /** The id of the set: the hash over all its numbers, as SEAL computes it. */
  public ParmsId id() {
    return ParmsId.of(Scheme.BFV, degree, primes, plainModulus);
  }

  /** The id that ciphertexts carry after dropping so many data primes. */
  public ParmsId levelId(int primesDropped) {
    return ParmsId.of(
        Scheme.BFV, degree, primes.subList(0, primes.size() - 1 - primesDropped), plainModulus);
  }

  /** Largest size of the noise of a result that this set promises to decrypt, as a power of two. */
  public double noiseBits() {
    return noiseBits;
  }

  /** Whether there is room to hide the noise of a result. */
  public boolean floods() {
    return degree >= DEGREE_WITH_ROOM;
  }

  /** Flooding noise is uniform in ±2^this, 2^40 times the worst noise. */
  public int floodBits() {
    if (!floods()) {
      throw new IllegalStateException("no room for flooding in " + label);
    }
    return (int) Math.ceil(noiseBits) + FLOOD_MARGIN_BITS;
  }

  @Override
  public String toString() {
    return label;
  }

  /** {@code [degree, plain modulus, count of primes, primes...]}. */
  Words words() {
    var words = Words.allocate(3 + primes.size());
    words.set(0, degree).set(1, plainModulus).set(2, primes.size());
    for (int i = 0; i < primes.size(); i++) {
      words.set(3 + i, primes.get(i));
    }
    return words;
  }

  private static final class Primes {
    /** 32 + 32 bits for data, so that tiles hold 32-bit words; 39 for key switching. */
    static final List<Long> NARROW = List.of(4_294_828_033L, 4_294_729_729L, 549_755_731_969L);

    /** Five of 42 bits: within the 50 that the fastest kernel takes. */
    static final List<Long> WIDE =
        List.of(
            4_398_046_150_657L,
            4_398_045_708_289L,
            4_398_045_511_681L,
            4_398_045_380_609L,
            4_398_045_315_073L);

    private Primes() {}
  }
}

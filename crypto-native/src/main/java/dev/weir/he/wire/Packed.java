package dev.weir.he.wire;

import dev.weir.he.HeContext;
import dev.weir.he.HeParameters;
import dev.weir.he.ParmsId;
import dev.weir.he.Words;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A form of our own for what travels seeded: limbs in the bits of their primes, and seeds. One
 * query ciphertext at degree 4096 has 32,876 bytes, half of SEAL's form. Reading is as strict as
 * {@link SealReader}. Stateless.
 *
 * <p>Form: {@code WHE1}, a kind, three zero bytes, the id of the parameter set, a count, the
 * elements of Galois keys, then per polynomial its limbs prime by prime and its seed.
 */
public final class Packed {
  private static final int MAGIC = 0x31454857; // "WHE1", little-endian
  private static final int HEADER_BYTES = 2 * Integer.BYTES + ParmsId.BYTES + Integer.BYTES;

  private enum Kind {
    NONE,
    CIPHERTEXTS,
    PUBLIC_KEY,
    GALOIS_KEYS
  }

  private Packed() {}

  /**
   * @param limbs seeded ciphertexts, as {@code SecretKey.encrypt} returns them
   */
  public static ByteBuffer ciphertexts(HeParameters set, Words limbs) {
    int each = words(set, set.dataPrimes());
    return write(set, Kind.CIPHERTEXTS, List.of(), limbs.count() / each, set.dataPrimes(), limbs);
  }

  /**
   * @param maxCount more ciphertexts are refused
   */
  public static Words ciphertexts(HeParameters set, ByteBuffer bytes, int maxCount) {
    var in = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    int count = header(set, Kind.CIPHERTEXTS, in, maxCount);
    return limbs(set, in, count, set.dataPrimes());
  }

  public static ByteBuffer publicKey(HeParameters set, Words limbs) {
    return write(set, Kind.PUBLIC_KEY, List.of(), 1, set.primes(), limbs);
  }

  public static Words publicKey(HeParameters set, ByteBuffer bytes) {
    var in = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    return limbs(set, in, header(set, Kind.PUBLIC_KEY, in, 1), set.primes());
  }

  /**
   * @param limbs as {@code SecretKey.galoisKeys} returns them for these elements
   */
  public static ByteBuffer galoisKeys(HeParameters set, List<Integer> elements, Words limbs) {
    return write(set, Kind.GALOIS_KEYS, elements, elements.size(), set.primes(), limbs);
  }

  /**
   * @param maxElements more are refused
   */
  public static WireGaloisKeys galoisKeys(HeParameters set, ByteBuffer bytes, int maxElements) {
    var in = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    int count = header(set, Kind.GALOIS_KEYS, in, maxElements);
    WireException.require(in.remaining() >= count * Integer.BYTES);
    var elements = IntStream.range(0, count).mapToObj(i -> in.getInt()).toList();
    WireException.require(new HashSet<>(elements).size() == count);
    WireException.require(
        elements.stream().allMatch(e -> e > 1 && e < 2 * set.degree() && e % 2 == 1));
    return new WireGaloisKeys(
        elements, limbs(set, in, count * set.dataPrimes().size(), set.primes()));
  }

  private static ByteBuffer write(
      HeParameters set,
      Kind kind,
      List<Integer> elements,
      int count,
      List<Long> primes,
      Words limbs) {
    int polynomials = limbs.count() / words(set, primes);
    if (limbs.count() != polynomials * words(set, primes)) {
      throw new IllegalArgumentException("only seeded polynomials are packed");
    }
    int size = HEADER_BYTES + elements.size() * Integer.BYTES + polynomials * bytes(set, primes);
    var out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(MAGIC).putInt(kind.ordinal()).put(set.id().toBytes()).putInt(count);
    elements.forEach(out::putInt);
    int from = 0;
    for (int i = 0; i < polynomials; i++) {
      for (long prime : primes) {
        Bits.pack(limbs, from, set.degree(), bits(prime), out);
        from += set.degree();
      }
      for (int word = 0; word < HeContext.SEED_WORDS; word++) {
        out.putLong(limbs.get(from++));
      }
    }
    return out.flip();
  }

  private static int header(HeParameters set, Kind kind, ByteBuffer in, int maxCount) {
    WireException.require(in.remaining() >= HEADER_BYTES);
    WireException.require(in.getInt() == MAGIC && in.getInt() == kind.ordinal());
    var id = new byte[ParmsId.BYTES];
    in.get(id);
    WireException.require(ParmsId.ofBytes(id).equals(set.id()));
    int count = in.getInt();
    WireException.require(count >= 1 && count <= maxCount);
    return count;
  }

  private static Words limbs(HeParameters set, ByteBuffer in, int polynomials, List<Long> primes) {
    WireException.require(in.remaining() == (long) polynomials * bytes(set, primes));
    var limbs = Words.allocate((long) polynomials * words(set, primes));
    int to = 0;
    for (int i = 0; i < polynomials; i++) {
      for (long prime : primes) {
        Bits.unpack(in, limbs, to, set.degree(), bits(prime));
        to += set.degree();
      }
      var unseeded = limbs.slice(to - primes.size() * set.degree(), primes.size() * set.degree());
      Polynomials.checkBounds(unseeded.readOnly(), primes, set.degree());
      for (int word = 0; word < HeContext.SEED_WORDS; word++) {
        limbs.set(to++, in.getLong());
      }
    }
    return limbs;
  }

  private static int words(HeParameters set, List<Long> primes) {
    return primes.size() * set.degree() + HeContext.SEED_WORDS;
  }

  private static int bytes(HeParameters set, List<Long> primes) {
    int limbs = primes.stream().mapToInt(prime -> Bits.bytes(set.degree(), bits(prime))).sum();
    return limbs + Polynomials.SEED_BYTES;
  }

  private static int bits(long prime) {
    return Long.SIZE - Long.numberOfLeadingZeros(prime);
  }
}

package dev.weir.he.wire;

import dev.weir.he.HeParameters;
import dev.weir.he.ParmsId;
import dev.weir.he.Words;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads what some SEAL 4 wrote, for parameter sets of the registry only. Every method bounds the
 * input by what the expected object can need at most before it looks further, and throws {@link
 * WireException} for anything else than exactly one such object. Stateless.
 */
public final class SealReader {
  private static final int BFV = 1;
  private static final int MODULUS_BYTES = WireInput.HEADER_BYTES + Long.BYTES;
  private static final int MAX_PARAMETER_BYTES = 17 + 9 * MODULUS_BYTES;

  /** Compressed bytes may exceed the plain ones by this share, when there is nothing to gain. */
  private static final int SLACK = 8;

  private SealReader() {}

  /** The registry's set with exactly these numbers. */
  public static HeParameters parameters(ByteBuffer bytes) {
    var opened = open(bytes, MAX_PARAMETER_BYTES);
    var in = opened.in();
    WireException.require(in.octet() == BFV);
    long degree = in.word();
    long count = in.word();
    WireException.require(count > 0 && count <= MAX_PARAMETER_BYTES / MODULUS_BYTES);
    var primes = new ArrayList<Long>();
    for (int i = 0; i < count; i++) {
      primes.add(modulus(in, opened.minor()));
    }
    long plainModulus = modulus(in, opened.minor());
    in.end();
    return List.of(HeParameters.values()).stream()
        .filter(set -> set.degree() == degree)
        .filter(set -> set.primes().equals(primes) && set.plainModulus() == plainModulus)
        .findFirst()
        .orElseThrow(WireException::new);
  }

  /** {@code [primes][degree]} in NTT form; secret. */
  public static Words secretKey(HeParameters parameters, ByteBuffer bytes) {
    long count = (long) parameters.primes().size() * parameters.degree();
    int size =
        (int) (ParmsId.BYTES + 2 * Long.BYTES + Polynomials.ARRAY_BYTES + count * Long.BYTES);
    var opened = open(bytes, size);
    var in = opened.in();
    WireException.require(in.parmsId().equals(parameters.id()));
    in.expect(count);
    in.expectScaleOne();
    in.nested(opened.minor(), Polynomials.ARRAY_BYTES + count * Long.BYTES);
    in.expect(count);
    var limbs = in.words(count);
    in.end();
    Polynomials.checkBounds(limbs, parameters.primes(), parameters.degree());
    return Words.allocate(count).put(0, limbs);
  }

  /** c0 and either c1 or its seed, in NTT form over all primes. */
  public static Words publicKey(HeParameters parameters, ByteBuffer bytes) {
    var opened = open(bytes, Polynomials.maxBytes(parameters, parameters.primes().size()));
    var limbs = keyCiphertext(opened.in(), opened.minor(), parameters);
    opened.in().end();
    return limbs;
  }

  /**
   * @param maxElements more are refused
   */
  public static WireGaloisKeys galoisKeys(
      HeParameters parameters, ByteBuffer bytes, int maxElements) {
    int digits = parameters.dataPrimes().size();
    int each =
        WireInput.HEADER_BYTES + Polynomials.maxBytes(parameters, parameters.primes().size());
    long most =
        ParmsId.BYTES
            + (1L + parameters.degree()) * Long.BYTES
            + (long) maxElements * digits * each;
    var opened = open(bytes, Math.toIntExact(most));
    var in = opened.in();
    WireException.require(in.parmsId().equals(parameters.id()));
    long slots = in.word();
    WireException.require(slots >= 0 && slots <= parameters.degree());
    var elements = new ArrayList<Integer>();
    var keys = new ArrayList<Words>();
    for (int slot = 0; slot < slots; slot++) {
      long present = in.word();
      WireException.require(present == 0 || (present == digits && slot > 0));
      if (present > 0) {
        elements.add(2 * slot + 1);
        WireException.require(elements.size() <= maxElements);
        IntStream.range(0, digits)
            .forEach(digit -> keys.add(nestedKey(in, opened.minor(), parameters)));
      }
    }
    in.end();
    return new WireGaloisKeys(elements, joined(keys));
  }

  /** A ciphertext of any level, in coefficient form. */
  public static WireCiphertext ciphertext(HeParameters parameters, ByteBuffer bytes) {
    int all = parameters.dataPrimes().size();
    var opened = open(bytes, Polynomials.maxBytes(parameters, all));
    var in = opened.in();
    var id = in.parmsId();
    int dropped =
        IntStream.range(0, all)
            .filter(level -> parameters.levelId(level).equals(id))
            .findFirst()
            .orElseThrow(WireException::new);
    var primes = parameters.primes().subList(0, all - dropped);
    var limbs = Polynomials.read(in, opened.minor(), parameters, primes, false);
    in.end();
    boolean seeded = limbs.count() != Polynomials.SIZE * primes.size() * parameters.degree();
    WireException.require(!seeded || dropped == 0);
    return new WireCiphertext(dropped, seeded, limbs);
  }

  private record Opened(WireInput in, int minor) {}

  /** The part after the outer header, inflated to at most {@code bound} bytes. */
  private static Opened open(ByteBuffer bytes, int bound) {
    WireException.require(
        bytes.remaining() <= WireInput.HEADER_BYTES + (long) bound + bound / SLACK + 64);
    var outer = new WireInput(bytes);
    var header = outer.header();
    WireException.require(header.size() == bytes.remaining());
    var plain = Inflation.inflate(header.compression(), outer.rest(), bound);
    return new Opened(new WireInput(plain), header.minor());
  }

  private static long modulus(WireInput in, int minor) {
    in.nested(minor, MODULUS_BYTES);
    return in.word();
  }

  private static Words nestedKey(WireInput in, int minor, HeParameters parameters) {
    int primes = parameters.primes().size();
    var header = in.header();
    WireException.require(header.minor() == minor && header.compression() == Compression.NONE);
    int before = in.remaining();
    var limbs = keyCiphertext(in, minor, parameters);
    int read = before - in.remaining() + WireInput.HEADER_BYTES;
    WireException.require(header.size() == read);
    WireException.require(limbs.count() <= Polynomials.SIZE * primes * parameters.degree());
    return limbs;
  }

  private static Words keyCiphertext(WireInput in, int minor, HeParameters parameters) {
    WireException.require(in.parmsId().equals(parameters.id()));
    return Polynomials.read(in, minor, parameters, parameters.primes(), true);
  }

  /** All seeded or none. */
  private static Words joined(List<Words> keys) {
    WireException.require(!keys.isEmpty());
    int each = keys.getFirst().count();
    var limbs = Words.allocate((long) each * keys.size());
    for (int i = 0; i < keys.size(); i++) {
      WireException.require(keys.get(i).count() == each);
      limbs.put(i * each, keys.get(i));
    }
    return limbs;
  }
}

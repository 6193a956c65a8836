package dev.weir.he.wire;

import com.github.luben.zstd.Zstd;
import dev.weir.he.HeContext;
import dev.weir.he.HeParameters;
import dev.weir.he.ParmsId;
import dev.weir.he.Words;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes what a SEAL 4 reads. Polynomials are limbs as this library hands them out: c0 and either
 * c1 or the seed of c1. Immutable.
 *
 * @param form whom it is for
 * @param compression of what follows the outer header
 */
public record SealWriter(SealForm form, Compression compression) {
  private static final int BFV = 1;

  public byte[] parameters(HeParameters parameters) {
    return framed(out -> {
      out.octet(BFV).word(parameters.degree()).word(parameters.primes().size());
      parameters.primes().forEach(prime -> modulus(out, prime));
      modulus(out, parameters.plainModulus());
    });
  }

  /**
   * @param limbs {@code [primes][degree]} in NTT form; secret
   */
  public byte[] secretKey(HeParameters parameters, Words limbs) {
    return framed(out -> out.parmsId(parameters.id()).word(limbs.count()).scaleOne().array(limbs));
  }

  public byte[] publicKey(HeParameters parameters, Words limbs) {
    return framed(out -> keyCiphertext(out, parameters, limbs));
  }

  /**
   * @param elements ascending
   * @param limbs per element, per data prime: one key ciphertext
   */
  public byte[] galoisKeys(HeParameters parameters, List<Integer> elements, Words limbs) {
    int digits = parameters.dataPrimes().size();
    int each = limbs.count() / (elements.size() * digits);
    var slots = elements.stream().map(element -> (element - 1) / 2).toList();
    return framed(out -> {
      out.parmsId(parameters.id()).word(parameters.degree());
      for (int slot = 0; slot < parameters.degree(); slot++) {
        int index = slots.indexOf(slot);
        out.word(index < 0 ? 0 : digits);
        for (int digit = 0; index >= 0 && digit < digits; digit++) {
          var key = limbs.slice((index * digits + digit) * each, each);
          int primes = parameters.primes().size();
          boolean seeded = each != Polynomials.SIZE * primes * parameters.degree();
          out.header(
              Compression.NONE,
              WireInput.HEADER_BYTES
                  + (seeded
                      ? Polynomials.seededBytes(parameters, primes)
                      : Polynomials.maxBytes(parameters, primes)));
          keyCiphertext(out, parameters, key);
        }
      }
    });
  }

  /** One ciphertext of the given level, coefficient form. */
  public byte[] ciphertext(HeParameters parameters, int primesDropped, Words limbs) {
    int primes = parameters.dataPrimes().size() - primesDropped;
    return framed(out ->
        polynomials(out, parameters, parameters.levelId(primesDropped), primes, false, limbs));
  }

  private static void keyCiphertext(WireOutput out, HeParameters parameters, Words limbs) {
    polynomials(out, parameters, parameters.id(), parameters.primes().size(), true, limbs);
  }

  private static void polynomials(
      WireOutput out, HeParameters parameters, ParmsId id, int primes, boolean ntt, Words limbs) {
    int each = primes * parameters.degree();
    out.parmsId(id).octet(ntt ? 1 : 0).word(Polynomials.SIZE).word(parameters.degree());
    out.word(primes).scaleOne().word(1);
    if (limbs.count() == Polynomials.SIZE * each) {
      out.array(limbs);
    } else {
      out.array(limbs.slice(0, each));
      out.header(Compression.NONE, Polynomials.GENERATOR_BYTES).octet(Polynomials.BLAKE2XB);
      out.words(limbs.slice(each, HeContext.SEED_WORDS));
    }
  }

  private static void modulus(WireOutput out, long value) {
    out.header(Compression.NONE, WireInput.HEADER_BYTES + Long.BYTES).word(value);
  }

  private byte[] framed(Consumer<WireOutput> body) {
    var inner = new WireOutput(form);
    body.accept(inner);
    var stored = compressed(inner.toBytes());
    return new WireOutput(form)
        .header(compression, WireInput.HEADER_BYTES + (long) stored.length)
        .octets(ByteBuffer.wrap(stored))
        .toBytes();
  }

  private byte[] compressed(byte[] plain) {
    return switch (compression) {
      case NONE -> plain;
      case ZLIB -> zlib(plain);
      case ZSTD -> Zstd.compress(plain);
    };
  }

  private static byte[] zlib(byte[] plain) {
    var out = new ByteArrayOutputStream();
    try (var deflater = new DeflaterOutputStream(out)) {
      deflater.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail so
    }
    return out.toByteArray();
  }
}

package dev.weir.he;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The same interface without encryption: "ciphertexts" are their plaintexts, and the arithmetic is
 * the slow one of a school book. For tests only, which is where it lies; slots are coefficients
 * here, which is right as long as they are only added.
 */
public final class PlaintextOracle implements HeCalls {
  private final Map<Long, Object> objects = new HashMap<>();
  private long last;

  private record Scheme(int degree, long modulus, List<Long> primes) {
    int dataPrimes() {
      return primes.size() - 1;
    }
  }

  private record Key(Scheme scheme) {}

  private record Batch(Scheme scheme, int primesDropped, List<long[]> plaintexts) {}

  private record Table(Scheme scheme, int outputs, int terms, long[][] plaintexts) {}

  private record Sums(Table table, int clients, long[][] sums) {}

  /** A context whose every answer is exact. */
  public static HeContext context(HeParameters parameters) {
    return HeContext.over(new PlaintextOracle(), parameters, new SecureRandom());
  }

  @Override
  public synchronized void free(long handle) {
    if (objects.remove(handle) == null) {
      throw new HeException(HeFailure.BAD_HANDLE);
    }
  }

  @Override
  public long context(ByteBuffer words) {
    var in = longs(words);
    var primes = new ArrayList<Long>();
    for (int i = 3; i < in.capacity(); i++) {
      primes.add(in.get(i));
    }
    return keep(new Scheme((int) in.get(0), in.get(1), List.copyOf(primes)));
  }

  @Override
  public void contextId(long context, boolean keyLevel, int primesDropped, ByteBuffer out) {
    var scheme = get(context, Scheme.class);
    int count = keyLevel ? scheme.primes.size() : scheme.dataPrimes() - primesDropped;
    var id =
        ParmsId.of(
            ParmsId.Scheme.BFV, scheme.degree, scheme.primes.subList(0, count), scheme.modulus);
    out.put(0, id.toBytes());
  }

  @Override
  public long secretKey(long context, ByteBuffer seed) {
    return keep(new Key(get(context, Scheme.class)));
  }

  @Override
  public void writeSecretKey(long secret, ByteBuffer out) {
    get(secret, Key.class);
  }

  @Override
  public long readSecretKey(long context, ByteBuffer in) {
    return secretKey(context, in);
  }

  @Override
  public void publicKey(long secret, ByteBuffer seed, ByteBuffer out) {
    get(secret, Key.class);
  }

  @Override
  public long readPublicKey(long context, ByteBuffer in) {
    return secretKey(context, in);
  }

  @Override
  public void galoisKeys(long secret, ByteBuffer elements, ByteBuffer seed, ByteBuffer out) {
    get(secret, Key.class);
  }

  @Override
  public long readGaloisKeys(long context, ByteBuffer elements, ByteBuffer in) {
    return secretKey(context, in);
  }

  @Override
  public void encryptSymmetric(long secret, ByteBuffer seed, ByteBuffer plain, ByteBuffer out) {
    var scheme = get(secret, Key.class).scheme;
    spread(scheme, plain, out, scheme.dataPrimes() * scheme.degree + HeContext.SEED_WORDS);
  }

  @Override
  public void encryptPublic(long key, ByteBuffer seed, ByteBuffer plain, ByteBuffer out) {
    var scheme = get(key, Key.class).scheme;
    spread(scheme, plain, out, 2 * scheme.dataPrimes() * scheme.degree);
  }

  @Override
  public void decrypt(long secret, long ciphertexts, ByteBuffer plain) {
    get(secret, Key.class);
    var out = longs(plain);
    get(ciphertexts, Batch.class).plaintexts.forEach(out::put);
  }

  @Override
  public void encodeSlots(long context, ByteBuffer values, ByteBuffer plain) {
    longs(plain).put(longs(values));
  }

  @Override
  public void decodeSlots(long context, ByteBuffer plain, ByteBuffer values) {
    longs(values).put(longs(plain));
  }

  @Override
  public long readCiphertexts(long context, int primesDropped, ByteBuffer limbs) {
    var scheme = get(context, Scheme.class);
    int each = 2 * (scheme.dataPrimes() - primesDropped) * scheme.degree;
    return keep(new Batch(scheme, primesDropped, gather(scheme, limbs, each)));
  }

  @Override
  public long readSeeded(long context, ByteBuffer limbs) {
    var scheme = get(context, Scheme.class);
    int each = scheme.dataPrimes() * scheme.degree + HeContext.SEED_WORDS;
    return keep(new Batch(scheme, 0, gather(scheme, limbs, each)));
  }

  @Override
  public void writeCiphertexts(long ciphertexts, ByteBuffer limbs) {
    var batch = get(ciphertexts, Batch.class);
    int each = 2 * (batch.scheme.dataPrimes() - batch.primesDropped) * batch.scheme.degree;
    var out = longs(limbs);
    for (int i = 0; i < batch.plaintexts.size(); i++) {
      out.put(i * each, batch.plaintexts.get(i));
    }
  }

  @Override
  public void addTo(long sum, long more) {
    var left = get(sum, Batch.class);
    var right = get(more, Batch.class);
    for (int i = 0; i < left.plaintexts.size(); i++) {
      for (int j = 0; j < left.scheme.degree; j++) {
        left.plaintexts.get(i)[j] =
            (left.plaintexts.get(i)[j] + right.plaintexts.get(i)[j]) % left.scheme.modulus;
      }
    }
  }

  @Override
  public long switchModulus(long ciphertexts, int primesDropped) {
    var batch = get(ciphertexts, Batch.class);
    return keep(new Batch(batch.scheme, primesDropped, copy(batch.plaintexts)));
  }

  @Override
  public long expand(long query, int index, long keys, int leaves) {
    get(keys, Key.class);
    var batch = get(query, Batch.class);
    var scheme = batch.scheme;
    var from = batch.plaintexts.get(index);
    var expanded = new ArrayList<long[]>();
    for (int leaf = 0; leaf < leaves; leaf++) {
      var one = new long[scheme.degree];
      for (int j = leaf; j < scheme.degree; j += leaves) {
        one[j - leaf] = times(from[j], leaves, scheme.modulus);
      }
      expanded.add(one);
    }
    return keep(new Batch(scheme, 0, expanded));
  }

  @Override
  public long expandSelectors(long query, int index, long keys, int leaves) {
    return expand(query, index, keys, leaves);
  }

  @Override
  public long selectorsPart(long selectors, int first, int count) {
    return selectors(selectors, first, count);
  }

  @Override
  public void flood(long ciphertexts, long publicKey, ByteBuffer seed, int bits) {
    get(ciphertexts, Batch.class);
  }

  @Override
  public void truncate(long ciphertexts, int bits, int first, int count, ByteBuffer out) {
    var batch = get(ciphertexts, Batch.class);
    int each = out.capacity() / batch.plaintexts.size();
    for (int i = 0; i < batch.plaintexts.size(); i++) {
      for (int j = 0; j < count; j++) {
        long bit = (batch.scheme.degree + (long) j) * bits;
        for (int b = 0; b < bits; b++, bit++) {
          int at = i * each + (int) (bit / Byte.SIZE);
          long set = batch.plaintexts.get(i)[first + j] >> b & 1;
          out.put(at, (byte) (out.get(at) | set << bit % Byte.SIZE));
        }
      }
    }
  }

  @Override
  public long lift(long context, int bits, int first, int count, ByteBuffer in) {
    var scheme = get(context, Scheme.class);
    int each = ((scheme.degree + count) * bits + 7) / 8;
    var lifted = new ArrayList<long[]>();
    for (int i = 0; i < in.capacity() / each; i++) {
      var one = new long[scheme.degree];
      for (int j = 0; j < count; j++) {
        long bit = (scheme.degree + (long) j) * bits;
        for (int b = 0; b < bits; b++, bit++) {
          long taken = in.get(i * each + (int) (bit / Byte.SIZE)) >> bit % Byte.SIZE & 1;
          one[first + j] |= taken << b;
        }
      }
      lifted.add(one);
    }
    return keep(new Batch(scheme, 0, lifted));
  }

  @Override
  public long tiles(long context, int outputs, int terms) {
    var scheme = get(context, Scheme.class);
    return keep(new Table(scheme, outputs, terms, new long[outputs * terms][scheme.degree]));
  }

  @Override
  public void putTiles(long tiles, long first, ByteBuffer coefficients) {
    var table = get(tiles, Table.class);
    var in = longs(coefficients);
    for (int i = 0; i < in.capacity() / table.scheme.degree; i++) {
      in.get(i * table.scheme.degree, table.plaintexts[(int) first + i]);
    }
  }

  @Override
  public long selectors(long ciphertexts, int first, int count) {
    var batch = get(ciphertexts, Batch.class);
    return keep(new Batch(batch.scheme, 0, copy(batch.plaintexts.subList(first, first + count))));
  }

  @Override
  public long products(long tiles, int clients) {
    var table = get(tiles, Table.class);
    return keep(new Sums(table, clients, new long[clients * table.outputs][table.scheme.degree]));
  }

  /** Everything at once, when the last unit is asked for. */
  @Override
  public void accumulate(
      long products, long tiles, ByteBuffer selectors, int fromUnit, int toUnit, int kernel) {
    var sums = get(products, Sums.class);
    var table = sums.table;
    int units = table.scheme.dataPrimes() * table.scheme.degree / 32;
    for (int client = 0; toUnit == units && client < sums.clients; client++) {
      var chosen = get(selectors.getLong(client * Long.BYTES), Batch.class).plaintexts;
      for (int position = 0; position < table.plaintexts.length; position++) {
        var sum = sums.sums[client * table.outputs + position / table.terms];
        multiply(table.scheme, chosen.get(position % table.terms), table.plaintexts[position], sum);
      }
    }
  }

  @Override
  public long finish(long products) {
    var sums = get(products, Sums.class);
    return keep(new Batch(sums.table.scheme, 0, List.of(sums.sums)));
  }

  private static void multiply(Scheme scheme, long[] chosen, long[] plaintext, long[] sum) {
    for (int i = 0; i < scheme.degree; i++) {
      for (int j = 0; chosen[i] != 0 && j < scheme.degree; j++) {
        long product =
            times(chosen[i], Math.floorMod(plaintext[j], scheme.modulus), scheme.modulus);
        int at = (i + j) % scheme.degree;
        long signed = i + j < scheme.degree ? product : scheme.modulus - product;
        sum[at] = (sum[at] + signed) % scheme.modulus;
      }
    }
  }

  /** Of numbers below 2^41. */
  private static long times(long left, long right, long modulus) {
    long high = left * (right >>> 21) % modulus;
    return ((high << 21) + left * (right & (1L << 21) - 1)) % modulus;
  }

  private static void spread(Scheme scheme, ByteBuffer plain, ByteBuffer out, int each) {
    var from = longs(plain);
    var to = longs(out);
    for (int i = 0; i < from.capacity() / scheme.degree; i++) {
      to.put(i * each, from, i * scheme.degree, scheme.degree);
    }
  }

  private static List<long[]> gather(Scheme scheme, ByteBuffer limbs, int each) {
    var from = longs(limbs);
    var plaintexts = new ArrayList<long[]>();
    for (int i = 0; i < from.capacity() / each; i++) {
      var one = new long[scheme.degree];
      from.get(i * each, one);
      plaintexts.add(one);
    }
    return plaintexts;
  }

  private static List<long[]> copy(List<long[]> plaintexts) {
    return plaintexts.stream().map(long[]::clone).toList();
  }

  private static LongBuffer longs(ByteBuffer buffer) {
    return buffer.duplicate().order(ByteOrder.nativeOrder()).clear().asLongBuffer();
  }

  private synchronized long keep(Object object) {
    objects.put(++last, object);
    return last;
  }

  private synchronized <T> T get(long handle, Class<T> type) {
    if (!type.isInstance(objects.get(handle))) {
      throw new HeException(HeFailure.BAD_HANDLE);
    }
    return type.cast(objects.get(handle));
  }
}

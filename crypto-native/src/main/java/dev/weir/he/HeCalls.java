package dev.weir.he;

import java.nio.ByteBuffer;

/**
 * What a context asks of the arithmetic below it. {@link SealJni} is the real one; tests bring an
 * oracle that computes on plaintexts. Buffers are direct and have exactly the length that the
 * parameter set implies; layouts are those of {@code native/src}. Handles are opaque.
 */
interface HeCalls {
  void free(long handle);

  long context(ByteBuffer words);

  void contextId(long context, boolean keyLevel, int primesDropped, ByteBuffer out);

  long secretKey(long context, ByteBuffer seed);

  void writeSecretKey(long secret, ByteBuffer out);

  long readSecretKey(long context, ByteBuffer in);

  void publicKey(long secret, ByteBuffer seed, ByteBuffer out);

  long readPublicKey(long context, ByteBuffer in);

  void galoisKeys(long secret, ByteBuffer elements, ByteBuffer seed, ByteBuffer out);

  long readGaloisKeys(long context, ByteBuffer elements, ByteBuffer in);

  void encryptSymmetric(long secret, ByteBuffer seed, ByteBuffer plain, ByteBuffer out);

  void encryptPublic(long key, ByteBuffer seed, ByteBuffer plain, ByteBuffer out);

  void decrypt(long secret, long ciphertexts, ByteBuffer plain);

  void encodeSlots(long context, ByteBuffer values, ByteBuffer plain);

  void decodeSlots(long context, ByteBuffer plain, ByteBuffer values);

  long readCiphertexts(long context, int primesDropped, ByteBuffer limbs);

  long readSeeded(long context, ByteBuffer limbs);

  void writeCiphertexts(long ciphertexts, ByteBuffer limbs);

  void addTo(long sum, long more);

  long switchModulus(long ciphertexts, int primesDropped);

  long expand(long query, int index, long keys, int leaves);

  long expandSelectors(long query, int index, long keys, int leaves);

  void flood(long ciphertexts, long publicKey, ByteBuffer seed, int bits);

  void truncate(long ciphertexts, int bits, int first, int count, ByteBuffer out);

  long lift(long context, int bits, int first, int count, ByteBuffer in);

  long tiles(long context, int outputs, int terms);

  void putTiles(long tiles, long first, ByteBuffer coefficients);

  long selectors(long ciphertexts, int first, int count);

  long selectorsPart(long selectors, int first, int count);

  long products(long tiles, int clients);

  void accumulate(
      long products, long tiles, ByteBuffer selectors, int fromUnit, int toUnit, int kernel);

  long finish(long products);
}

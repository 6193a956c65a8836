package dev.weir.he;

import java.nio.ByteBuffer;

/** The native side, one method per entry of the table in {@code native/src/jni.cpp}. */
final class SealJni implements HeCalls {
  /** Raised together with {@code shim_version} in {@code jni.cpp}. */
  static final int SHIM = 3;

  SealJni() {}

  /** Major, minor and patch, a byte each. */
  native int sealVersion();

  native int shim();

  native boolean kernelAvailable(int kernel);

  /** Native objects alive in this process. */
  native long live();

  @Override
  public native void free(long handle);

  @Override
  public native long context(ByteBuffer words);

  @Override
  public native void contextId(long context, boolean keyLevel, int primesDropped, ByteBuffer out);

  @Override
  public native long secretKey(long context, ByteBuffer seed);

  @Override
  public native void writeSecretKey(long secret, ByteBuffer out);

  @Override
  public native long readSecretKey(long context, ByteBuffer in);

  @Override
  public native void publicKey(long secret, ByteBuffer seed, ByteBuffer out);

  @Override
  public native long readPublicKey(long context, ByteBuffer in);

  @Override
  public native void galoisKeys(long secret, ByteBuffer elements, ByteBuffer seed, ByteBuffer out);

  @Override
  public native long readGaloisKeys(long context, ByteBuffer elements, ByteBuffer in);

  @Override
  public native void encryptSymmetric(
      long secret, ByteBuffer seed, ByteBuffer plain, ByteBuffer out);

  @Override
  public native void encryptPublic(long key, ByteBuffer seed, ByteBuffer plain, ByteBuffer out);

  @Override
  public native void decrypt(long secret, long ciphertexts, ByteBuffer plain);

  @Override
  public native void encodeSlots(long context, ByteBuffer values, ByteBuffer plain);

  @Override
  public native void decodeSlots(long context, ByteBuffer plain, ByteBuffer values);

  @Override
  public native long readCiphertexts(long context, int primesDropped, ByteBuffer limbs);

  @Override
  public native long readSeeded(long context, ByteBuffer limbs);

  @Override
  public native void writeCiphertexts(long ciphertexts, ByteBuffer limbs);

  @Override
  public native void addTo(long sum, long more);

  @Override
  public native long switchModulus(long ciphertexts, int primesDropped);

  @Override
  public native long expand(long query, int index, long keys, int leaves);

  @Override
  public native long expandSelectors(long query, int index, long keys, int leaves);

  @Override
  public native void flood(long ciphertexts, long publicKey, ByteBuffer seed, int bits);

  @Override
  public native void truncate(long ciphertexts, int bits, int first, int count, ByteBuffer out);

  @Override
  public native long lift(long context, int bits, int first, int count, ByteBuffer in);

  @Override
  public native long tiles(long context, int outputs, int terms);

  @Override
  public native void putTiles(long tiles, long first, ByteBuffer coefficients);

  @Override
  public native long selectors(long ciphertexts, int first, int count);

  @Override
  public native long selectorsPart(long selectors, int first, int count);

  @Override
  public native long products(long tiles, int clients);

  @Override
  public native void accumulate(
      long products, long tiles, ByteBuffer selectors, int fromUnit, int toUnit, int kernel);

  @Override
  public native long finish(long products);
}

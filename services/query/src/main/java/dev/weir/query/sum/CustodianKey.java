package dev.weir.query.sum;

import dev.weir.he.HeContext;
import dev.weir.he.HeParameters;
import dev.weir.he.SecretKey;
import dev.weir.he.Words;
import dev.weir.he.wire.Packed;
import dev.weir.query.he.client.BuilderKey;
import dev.weir.query.he.client.ClientRefusal;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * The key that opens sums of records. Its file belongs to the custodian alone; the public half in
 * the file beside it, named with {@code .pub}, is what producers encrypt with. Owns native memory;
 * thread-safe.
 */
public final class CustodianKey implements AutoCloseable {
  private static final HeParameters SET = HeParameters.RECORDS_8192;

  private final BuilderKey key;

  private CustodianKey(BuilderKey key) {
    this.key = key;
  }

  /**
   * Makes a key and writes both files.
   *
   * @return the SHA-256 of the public half, which tasks name
   * @throws java.nio.file.FileAlreadyExistsException when there is one; keys are never overwritten
   */
  public static String generate(Path file, SecureRandom random) throws IOException {
    try (var key = BuilderKey.generate(SET, random)) {
      key.write(file);
      var shared = Packed.publicKey(SET, key.publicKey());
      var bytes = new byte[shared.remaining()];
      shared.get(bytes);
      Files.write(publicFile(file), bytes);
      return RecordGate.sha256(ByteBuffer.wrap(bytes));
    }
  }

  /**
   * @throws ClientRefusal when others may read the file, or it holds no key for records
   */
  public static CustodianKey read(Path file, SecureRandom random) throws IOException {
    var key = BuilderKey.read(file, random);
    if (key.parameters() != SET) {
      key.close();
      throw new ClientRefusal(
          "该密钥不是保管方密钥（" + SET + "）", "the key is not a custodian's (" + SET + ")");
    }
    return new CustodianKey(key);
  }

  public static Path publicFile(Path file) {
    return file.resolveSibling(file.getFileName() + ".pub");
  }

  /**
   * The total of all slots of a sum. A ciphertext that is no sum under this key gives some number
   * and no sign of it.
   *
   * @param ciphertext has passed {@link CustodyRules}
   */
  public BigInteger total(ByteBuffer ciphertext) {
    var limbs =
        RecordGate.open(SET, ciphertext)
            .orElseThrow(
                () -> new IllegalArgumentException("what passed the rules is well formed"));
    return key.withSecret((context, secret) -> total(context, secret, limbs));
  }

  private static BigInteger total(HeContext context, SecretKey secret, Words limbs) {
    try (var sum = context.ciphertexts(0, limbs)) {
      var plain = secret.decrypt(sum);
      var slots = context.decodeSlots(plain);
      try {
        return centred(slots);
      } finally {
        plain.erase();
        slots.erase();
      }
    }
  }

  private static BigInteger centred(Words slots) {
    long modulus = SET.plainModulus();
    long total = 0; // below 2^13 · 2^39
    for (int i = 0; i < slots.count(); i++) {
      long slot = slots.get(i);
      total += slot > modulus / 2 ? slot - modulus : slot;
    }
    return BigInteger.valueOf(total);
  }

  @Override
  public void close() {
    key.close();
  }

  @Override
  public String toString() {
    return "CustodianKey[" + SET + "]";
  }
}

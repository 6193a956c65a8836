package dev.weir.cli.campaign.he;

import dev.weir.he.Ciphertexts;
import dev.weir.he.GaloisKeys;
import dev.weir.he.HeContext;
import dev.weir.he.HeException;
import dev.weir.he.HeParameters;
import dev.weir.he.SecretAccess;
import dev.weir.he.SecretKey;
import dev.weir.he.Words;
import dev.weir.he.wire.Compression;
import dev.weir.he.wire.Packed;
import dev.weir.he.wire.SealForm;
import dev.weir.he.wire.SealReader;
import dev.weir.he.wire.SealWriter;
import dev.weir.he.wire.WireException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Everything that the gate takes, and what happens to each once it has passed: the native library
 * works with it. Confined to one thread.
 */
final class SealEnvelopes implements AutoCloseable {
  private static final HeParameters SET = HeParameters.LOOKUP_4096;
  private static final int LEAVES = 2;

  private final HeContext context = HeContext.open(SET, new SecureRandom());
  private final SecretKey secret = context.generateSecretKey();
  private final Words plain = Words.allocate(SET.degree()).set(1, 1);
  private final Ciphertexts query = context.seeded(secret.encrypt(plain));
  private final List<Sample> all = new ArrayList<>();

  SealEnvelopes() {
    var elements = GaloisKeys.expansionElements(SET, LEAVES);
    var keys = secret.galoisKeys(elements);
    var seeded = secret.encrypt(plain);
    for (var compression : Compression.values()) {
      var writer = new SealWriter(SealForm.CURRENT, compression);
      add("parameters", writer.parameters(SET), bytes -> SealReader.parameters(wrap(bytes)));
      add("ciphertext", writer.ciphertext(SET, 0, query.limbs()), this::ciphertext);
      add("seeded ciphertext", writer.ciphertext(SET, 0, seeded), this::ciphertext);
      add("public key", writer.publicKey(SET, secret.publicKey()), this::publicKey);
      add("Galois keys", writer.galoisKeys(SET, elements, keys), this::galoisKeys);
    }
    var writer = new SealWriter(SealForm.NODE_SEAL_7, Compression.NONE);
    var limbs = secret.revealLimbs(new SecretAccess("a good example to break"));
    add("secret key", writer.secretKey(SET, limbs), this::secretKey);
    add("packed ciphertext", Packed.ciphertexts(SET, seeded).array(), this::packed);
    var packedKeys = Packed.galoisKeys(SET, elements, keys).array();
    add("packed Galois keys", packedKeys, this::packedKeys);
  }

  List<Sample> all() {
    return all;
  }

  @Override
  public void close() {
    query.close();
    secret.close();
    context.close();
  }

  private void add(String kind, byte[] good, Consumer<byte[]> work) {
    all.add(
        Sample.of(
            kind,
            good,
            bytes -> {
              try {
                work.accept(bytes);
                return true;
              } catch (WireException | HeException refused) {
                return false;
              }
            }));
  }

  private void ciphertext(byte[] bytes) {
    try (var one = SealReader.ciphertext(SET, wrap(bytes)).open(context)) {
      work(one);
    }
  }

  private void packed(byte[] bytes) {
    try (var one = context.seeded(Packed.ciphertexts(SET, wrap(bytes), 1))) {
      work(one);
    }
  }

  private void work(Ciphertexts one) {
    one.selectors().close();
    secret.decrypt(one);
  }

  private void publicKey(byte[] bytes) {
    try (var key = context.publicKey(SealReader.publicKey(SET, wrap(bytes)))) {
      key.encrypt(plain);
    }
  }

  private void secretKey(byte[] bytes) {
    try (var key = context.secretKey(SealReader.secretKey(SET, wrap(bytes)))) {
      key.decrypt(query);
    }
  }

  private void galoisKeys(byte[] bytes) {
    try (var keys = SealReader.galoisKeys(SET, wrap(bytes), 2).open(context)) {
      expand(keys);
    }
  }

  private void packedKeys(byte[] bytes) {
    try (var keys = Packed.galoisKeys(SET, wrap(bytes), 2).open(context)) {
      expand(keys);
    }
  }

  /** With SEAL's own key switching, and with ours where there is one. */
  private void expand(GaloisKeys keys) {
    query.expand(0, keys, LEAVES).close();
    query.expandSelectors(0, keys, LEAVES).close();
  }

  private static ByteBuffer wrap(byte[] bytes) {
    return ByteBuffer.wrap(bytes);
  }
}

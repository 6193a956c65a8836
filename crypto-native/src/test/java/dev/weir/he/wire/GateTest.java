package dev.weir.he.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import dev.weir.he.HeParameters;
import dev.weir.he.Samples;
import dev.weir.he.SecretAccess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What our writer writes passes, whole; each way of breaking it is refused. */
class GateTest {
  private static final HeParameters SET = HeParameters.CELLS_4096;
  private static final int COUNT_AT = 16 + 32 + 1 + 5 * 8 + 16;

  @TestFactory
  Stream<DynamicTest> everyObject_survivesEveryForm() {
    return Stream.of(SealForm.values())
        .flatMap(form ->
            Stream.of(Compression.values()).map(compression -> new SealWriter(form, compression)))
        .map(writer -> DynamicTest.dynamicTest(writer.toString(), () -> survives(writer)));
  }

  private static void survives(SealWriter writer) {
    var elements = List.of(3, 4097);
    try (var context = Samples.context(SET);
        var secret = context.generateSecretKey()) {
      var limbs = secret.revealLimbs(new SecretAccess("test"));
      var key = secret.publicKey();
      var keys = secret.galoisKeys(elements);
      var seeded = secret.encrypt(Samples.plain(SET, 1, SET.plainModulus(), 1));
      assertThat(SealReader.parameters(wrap(writer.parameters(SET)))).isEqualTo(SET);
      assertThat(SealReader.secretKey(SET, wrap(writer.secretKey(SET, limbs))).toArray())
          .isEqualTo(limbs.toArray());
      assertThat(SealReader.publicKey(SET, wrap(writer.publicKey(SET, key))).toArray())
          .isEqualTo(key.toArray());
      var read = SealReader.galoisKeys(SET, wrap(writer.galoisKeys(SET, elements, keys)), 2);
      assertThat(read.elements()).isEqualTo(elements);
      assertThat(read.limbs().toArray()).isEqualTo(keys.toArray());
      assertThat(
              SealReader.ciphertext(SET, wrap(writer.ciphertext(SET, 0, seeded))).limbs().toArray())
          .isEqualTo(seeded.toArray());
      try (var ciphertext = context.seeded(seeded);
          var lower = ciphertext.switchModulus(1)) {
        var whole = SealReader.ciphertext(SET, wrap(writer.ciphertext(SET, 1, lower.limbs())));
        assertThat(whole.primesDropped()).isEqualTo(1);
        assertThat(whole.seeded()).isFalse();
        assertThat(whole.limbs().toArray()).isEqualTo(lower.limbs().toArray());
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> everyBrokenCiphertext_isRefused() {
    var plain = ciphertext(Compression.NONE);
    return Stream.of(
        broken("magic", plain, bytes -> bytes.put(0, (byte) 0)),
        broken("header size", plain, bytes -> bytes.put(2, (byte) 17)),
        broken("major version 3", plain, bytes -> bytes.put(3, (byte) 3)),
        broken("minor version of the future", plain, bytes -> bytes.put(4, (byte) 5)),
        broken("negative minor version", plain, bytes -> bytes.put(4, (byte) -1)),
        broken("unknown compression", plain, bytes -> bytes.put(5, (byte) 3)),
        broken("compression that is not there", plain, bytes -> bytes.put(5, (byte) 1)),
        broken("reserved bits", plain, bytes -> bytes.put(6, (byte) 1)),
        broken("size one too many", plain, bytes -> bytes.putLong(8, bytes.capacity() + 1L)),
        broken("huge size", plain, bytes -> bytes.putLong(8, Long.MAX_VALUE)),
        broken("negative size", plain, bytes -> bytes.putLong(8, -1)),
        broken("parameter id", plain, bytes -> bytes.put(16, (byte) (bytes.get(16) ^ 1))),
        broken("ntt form", plain, bytes -> bytes.put(48, (byte) 1)),
        broken("three polynomials", plain, bytes -> bytes.putLong(49, 3)),
        broken("degree", plain, bytes -> bytes.putLong(57, 8192)),
        broken("count of primes", plain, bytes -> bytes.putLong(65, 1)),
        broken("scale", plain, bytes -> bytes.putDouble(73, 2.0)),
        broken("scale not a number", plain, bytes -> bytes.putDouble(73, Double.NaN)),
        broken("correction factor", plain, bytes -> bytes.putLong(81, 2)),
        broken("nested magic", plain, bytes -> bytes.put(89, (byte) 0)),
        broken("nested version", plain, bytes -> bytes.put(93, (byte) 0)),
        broken("nested compression", plain, bytes -> bytes.put(94, (byte) 1)),
        broken("nested size", plain, bytes -> bytes.putLong(97, 24)),
        broken("count of words", plain, bytes -> bytes.putLong(COUNT_AT, 3)),
        broken("huge count of words", plain, bytes -> bytes.putLong(COUNT_AT, 1L << 61)),
        broken(
            "first coefficient equal to its prime",
            plain,
            bytes -> bytes.putLong(COUNT_AT + 8, SET.primes().getFirst())),
        broken("negative coefficient", plain, bytes -> bytes.putLong(COUNT_AT + 16, -1)),
        broken(
            "last coefficient equal to its prime",
            plain,
            bytes -> bytes.putLong(bytes.capacity() - 8, SET.primes().get(1))));
  }

  @Test
  void lengths_areExact() {
    for (var compression : Compression.values()) {
      var bytes = ciphertext(compression);
      assertThat(SealReader.ciphertext(SET, wrap(bytes)).seeded()).isFalse();
      for (int length : new int[] {0, 1, 15, 16, 17, 100, bytes.length - 1}) {
        refused(java.util.Arrays.copyOf(bytes, length));
      }
      var longer = java.util.Arrays.copyOf(bytes, bytes.length + 1);
      refused(longer);
      ByteBuffer.wrap(longer).order(ByteOrder.LITTLE_ENDIAN).putLong(8, longer.length);
      refused(longer); // something follows the object, or the compressed stream
    }
  }

  /** A bomb: a stream that inflates to more than any ciphertext needs. */
  @Test
  void whatInflatesTooFar_isRefused() throws IOException {
    var zeros = new byte[1 << 24];
    var deflated = new ByteArrayOutputStream();
    try (var deflater = new DeflaterOutputStream(deflated)) {
      deflater.write(zeros);
    }
    refused(framed(Compression.ZLIB, deflated.toByteArray()));
    refused(framed(Compression.ZSTD, Zstd.compress(zeros)));
  }

  private static byte[] framed(Compression compression, byte[] stored) {
    return new WireOutput(SealForm.CURRENT)
        .header(compression, WireInput.HEADER_BYTES + (long) stored.length)
        .octets(ByteBuffer.wrap(stored))
        .toBytes();
  }

  @Test
  void objectsOfAnotherSet_areRefused() {
    var other = HeParameters.LOOKUP_4096;
    assertThatThrownBy(() -> SealReader.ciphertext(other, wrap(ciphertext(Compression.NONE))))
        .isInstanceOf(WireException.class);
  }

  @Test
  void tooManyGaloisKeys_areRefused() {
    var elements = List.of(3, 4097);
    try (var context = Samples.context(SET);
        var secret = context.generateSecretKey()) {
      var bytes =
          new SealWriter(SealForm.CURRENT, Compression.ZLIB)
              .galoisKeys(SET, elements, secret.galoisKeys(elements));
      assertThatThrownBy(() -> SealReader.galoisKeys(SET, wrap(bytes), 1))
          .isInstanceOf(WireException.class);
    }
  }

  private static byte[] ciphertext(Compression compression) {
    try (var context = Samples.context(SET);
        var secret = context.generateSecretKey();
        var one = context.seeded(secret.encrypt(Samples.plain(SET, 1, 2, 1)))) {
      return new SealWriter(SealForm.CURRENT, compression).ciphertext(SET, 0, one.limbs());
    }
  }

  private static DynamicTest broken(String what, byte[] good, Consumer<ByteBuffer> change) {
    return DynamicTest.dynamicTest(
        what,
        () -> {
          var bytes = good.clone();
          change.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
          refused(bytes);
        });
  }

  private static void refused(byte[] bytes) {
    assertThatThrownBy(() -> SealReader.ciphertext(SET, wrap(bytes)))
        .isInstanceOf(WireException.class)
        .hasMessage(new WireException().getMessage());
  }

  private static ByteBuffer wrap(byte[] bytes) {
    return ByteBuffer.wrap(bytes);
  }
}

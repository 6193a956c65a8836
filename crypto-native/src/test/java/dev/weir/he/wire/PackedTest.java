package dev.weir.he.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.he.GaloisKeys;
import dev.weir.he.HeParameters;
import dev.weir.he.Samples;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PackedTest {
  @ParameterizedTest
  @EnumSource(HeParameters.class)
  void whatIsPacked_isUnpackedAlike(HeParameters set) {
    var elements = GaloisKeys.expansionElements(set, 4);
    try (var context = Samples.context(set);
        var secret = context.generateSecretKey()) {
      var sent = secret.encrypt(Samples.plain(set, 3, set.plainModulus(), 1));
      assertThat(Packed.ciphertexts(set, Packed.ciphertexts(set, sent), 3).toArray())
          .isEqualTo(sent.toArray());
      var key = secret.publicKey();
      assertThat(Packed.publicKey(set, Packed.publicKey(set, key)).toArray())
          .isEqualTo(key.toArray());
      var keys = secret.galoisKeys(elements);
      var read = Packed.galoisKeys(set, Packed.galoisKeys(set, elements, keys), 2);
      assertThat(read.elements()).isEqualTo(elements);
      assertThat(read.limbs().toArray()).isEqualTo(keys.toArray());
    }
  }

  @Test
  void aQuery_hasLessThan46Kilobytes() {
    var set = HeParameters.LOOKUP_4096;
    try (var context = Samples.context(set);
        var secret = context.generateSecretKey()) {
      var packed = Packed.ciphertexts(set, secret.encrypt(Samples.plain(set, 1, 2, 1)));
      assertThat(packed.remaining()).isEqualTo(32_876);
    }
  }

  @Test
  void eachWayOfBreakingIt_isRefused() {
    var set = HeParameters.CELLS_4096;
    try (var context = Samples.context(set);
        var secret = context.generateSecretKey()) {
      var good = Packed.ciphertexts(set, secret.encrypt(Samples.plain(set, 2, 2, 1)));
      refused(set, good, 0, 'X'); // magic
      refused(set, good, 4, (byte) 2); // kind
      refused(set, good, 5, (byte) 1); // zeros
      refused(set, good, 8, (byte) (good.get(8) ^ 1)); // parameter id
      refused(set, good, 40, (byte) 3); // count
      assertThatThrownBy(() -> Packed.ciphertexts(set, good, 1)).isInstanceOf(WireException.class);
      assertThatThrownBy(() -> Packed.ciphertexts(set, good.slice(0, good.limit() - 1), 2))
          .isInstanceOf(WireException.class);
      var above = copy(good);
      above.putInt(44, -1); // 2^32 - 1, above the prime
      assertThatThrownBy(() -> Packed.ciphertexts(set, above, 2)).isInstanceOf(WireException.class);
      assertThatThrownBy(() -> Packed.publicKey(set, good)).isInstanceOf(WireException.class);
    }
  }

  private static void refused(HeParameters set, ByteBuffer good, int at, int value) {
    var bad = copy(good).put(at, (byte) value);
    assertThatThrownBy(() -> Packed.ciphertexts(set, bad, 2)).isInstanceOf(WireException.class);
  }

  private static ByteBuffer copy(ByteBuffer bytes) {
    return ByteBuffer.allocate(bytes.limit())
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(bytes.duplicate())
        .flip();
  }
}

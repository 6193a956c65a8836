package dev.weir.dap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.dap.Samples.Sample;
import dev.weir.dap.wire.WireReader;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class CodecTest {
  private static final long SEED = 20_261_122;
  private static final int ROUNDS = 200;

  @Test
  void everyMessage_comesBackAsItWasAndHasOneEncoding() {
    var samples = new Samples(new SplittableRandom(SEED));
    for (int round = 0; round < ROUNDS; round++) {
      assertThat(samples.all())
          .allSatisfy(sample -> {
            var bytes = sample.message().encoded();
            var again = WireReader.whole(bytes, sample.decoder()::apply);
            assertThat(again).isEqualTo(sample.message());
            assertThat(again.encoded()).isEqualTo(bytes);
          });
    }
  }

  @Test
  void aMessageThatEndsEarlyOrLate_isMalformedOrAnotherMessage() {
    var samples = new Samples(new SplittableRandom(SEED));
    assertThat(samples.all())
        .allSatisfy(sample -> {
          byte[] whole = sample.message().encoded().toArray();
          for (int length = 0; length < whole.length; length++) {
            refusedOrCanonical(sample, Arrays.copyOf(whole, length));
          }
          refusedOrCanonical(sample, Arrays.copyOf(whole, whole.length + 1));
        });
  }

  @Test
  void aMessageWithAnyByteReplaced_isRefusedOrAnotherCanonicalMessage() {
    var samples = new Samples(new SplittableRandom(SEED));
    int[] bytes = {0x00, 0x01, 0x7f, 0x80, 0xff};
    assertThat(samples.all())
        .allSatisfy(sample -> {
          byte[] whole = sample.message().encoded().toArray();
          for (int at = 0; at < whole.length; at++) {
            byte kept = whole[at];
            for (int value : bytes) {
              whole[at] = (byte) value;
              refusedOrCanonical(sample, whole);
            }
            whole[at] = kept;
          }
        });
  }

  @Test
  void randomBytes_areRefusedOrACanonicalMessage() {
    RandomGenerator random = new SplittableRandom(SEED);
    var samples = new Samples(random);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] noise = new byte[random.nextInt(300)];
      random.nextBytes(noise);
      assertThat(samples.all()).allSatisfy(sample -> refusedOrCanonical(sample, noise));
    }
  }

  /** The length of the payload says 4 GiB; were it believed, this test would run out of memory. */
  @Test
  void aLengthBeyondTheMessage_isRefusedBeforeAnythingIsAllocated() {
    byte[] huge = {7, 0, 1, 42, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 1};
    for (int i = 0; i < 10_000; i++) {
      assertThatThrownBy(() -> WireReader.whole(huge, dev.weir.dap.hpke.HpkeCiphertext::read))
          .isInstanceOf(ProblemException.class)
          .extracting(e -> ((ProblemException) e).type())
          .isEqualTo(ProblemType.DAP_INVALID_MESSAGE);
    }
  }

  private static void refusedOrCanonical(Sample sample, byte[] bytes) {
    try {
      var decoded = WireReader.whole(bytes, sample.decoder()::apply);
      assertThat(decoded.encoded().toArray()).isEqualTo(bytes);
    } catch (ProblemException e) {
      assertThat(e.type()).isEqualTo(ProblemType.DAP_INVALID_MESSAGE);
    }
  }
}

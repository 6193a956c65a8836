package dev.weir.query.he;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.compliance.Control;
import dev.weir.he.HeParameters;
import dev.weir.kernel.ProblemException;
import dev.weir.runtime.ledger.CallLimit;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class QuestionFormTest {
  private static final Envelope ENVELOPE =
      new Envelope(
          Envelope.VERSION,
          UUID.randomUUID(),
          UUID.randomUUID(),
          UUID.randomUUID(),
          HeParameters.CELLS_4096.label(),
          "0".repeat(32),
          7,
          "ab".repeat(32),
          "cd".repeat(32),
          Instant.parse("2026-03-01T08:00:00Z"));

  @Test
  void bytes_bringBackTheQuestion() {
    var question = question();
    assertThat(EncryptedQuestion.read(ByteBuffer.wrap(question.bytes()), 2)).isEqualTo(question);
  }

  @Test
  @Control("HEQ-01")
  void anyOtherNumberOfCiphertexts_isMalformed() {
    byte[] bytes = question().bytes();
    for (int count : new int[] {0, 1, 3}) {
      assertThatThrownBy(() -> EncryptedQuestion.read(ByteBuffer.wrap(bytes), count))
          .isInstanceOf(ProblemException.class);
    }
  }

  @Test
  @Control("HEQ-01")
  void mutatedBytes_areReadOrRefused_andNothingElse() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    byte[] good = question().bytes();
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = good.clone();
      for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        var read = EncryptedQuestion.read(ByteBuffer.wrap(bytes), 2);
        assertThat(read.ciphertexts()).hasSize(2);
        read.limbs(HeParameters.CELLS_4096);
        throw new AssertionError("what is no ciphertext passed the gate, seed " + seed);
      } catch (ProblemException refused) {
        assertThat(refused.getMessage()).as("seed %d", seed).doesNotContain("Exception");
      }
    }
  }

  @Test
  @Control("HEQ-01")
  void envelopeThatIsNone_isMalformed() {
    var bytes = ByteBuffer.allocate(64).putInt(4).put("null".getBytes(UTF_8)).rewind();
    assertThatThrownBy(() -> EncryptedQuestion.read(bytes, 2)).isInstanceOf(ProblemException.class);
  }

  @Test
  void limits_survive() {
    List<CallLimit> limits =
        List.of(new CallLimit.InAll("a", 5), new CallLimit.Within("b", 7, Duration.ofHours(1)));
    assertThat(HeLimits.read(HeLimits.write(limits))).isEqualTo(limits);
    assertThat(HeLimits.read(HeLimits.write(List.of()))).isEmpty();
  }

  private static EncryptedQuestion question() {
    return new EncryptedQuestion(
        ENVELOPE,
        "intl",
        "key",
        ByteBuffer.wrap(new byte[64]),
        List.of(ByteBuffer.wrap(new byte[100]), ByteBuffer.wrap(new byte[200])));
  }
}

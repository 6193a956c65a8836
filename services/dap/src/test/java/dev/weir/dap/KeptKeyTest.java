package dev.weir.dap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.dap.client.DapAnswerException;
import dev.weir.dap.client.KeptKey;
import dev.weir.dap.hpke.HpkeConfig;
import dev.weir.dap.wire.Bytes;
import dev.weir.privacy.hpke.HpkePrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptKeyTest {
  private static final HpkeConfig KEY = HpkeConfig.mandatory(7, publicKey());
  private static final HpkeConfig NEXT = HpkeConfig.mandatory(8, publicKey());

  @TempDir private Path directory;

  private static Bytes publicKey() {
    return Bytes.owning(HpkePrivateKey.random(new SecureRandom()).publicKey().bytes());
  }

  private KeptKey key(HpkeConfig answer) {
    return new KeptKey(directory.resolve("helper.hpke"), () -> answer);
  }

  private KeptKey refusing(int status) {
    return new KeptKey(
        directory.resolve("helper.hpke"),
        () -> {
          throw new DapAnswerException("urn:x", "no", status);
        });
  }

  @Test
  void aggregatorThatIsAway_isKnownByWhatItSaidLast() {
    assertThatThrownBy(() -> refusing(0).key()).isInstanceOf(DapAnswerException.class);
    assertThat(key(KEY).key()).isEqualTo(KEY);
    assertThat(refusing(0).key()).isEqualTo(KEY);
    assertThat(refusing(503).key()).isEqualTo(KEY);
    assertThatThrownBy(() -> refusing(404).key()).isInstanceOf(DapAnswerException.class);
    assertThat(key(NEXT).key()).isEqualTo(NEXT); // one that answers has the last word
    assertThat(refusing(0).key()).isEqualTo(NEXT);
  }

  @Test
  void aggregator_isAskedOnce_andAgainOnceItsKeyIsOutdated() {
    var asked = new AtomicInteger();
    var key = new KeptKey(directory.resolve("k"), () -> asked.incrementAndGet() == 1 ? KEY : NEXT);
    assertThat(key.key()).isEqualTo(KEY);
    assertThat(key.key()).isEqualTo(KEY);
    key.outdated();
    assertThat(key.key()).isEqualTo(NEXT);
    assertThat(asked).hasValue(2);
  }

  /** As by two contributors of one machine. */
  @Test
  void keyThatManyKeepAtOnce_isKept() throws Exception {
    try (var threads = Executors.newFixedThreadPool(4)) {
      var kept = new ArrayList<Future<HpkeConfig>>();
      for (int i = 0; i < 200; i++) {
        var answer = i % 2 == 0 ? KEY : NEXT;
        kept.add(threads.submit(() -> key(answer).key()));
      }
      for (var each : kept) {
        assertThat(each.get()).isIn(KEY, NEXT);
      }
    }
    assertThat(refusing(0).key()).isIn(KEY, NEXT);
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(directory.resolve("helper.hpke"));
    }
  }

  @Test
  void keptKeyThatNobodyCanSealTo_isNoKey() throws IOException {
    var smallOrder = HpkeConfig.mandatory(7, Bytes.owning(new byte[32]));
    Files.write(directory.resolve("helper.hpke"), smallOrder.encoded().toArray());
    assertThatThrownBy(() -> refusing(0).key()).isInstanceOf(DapAnswerException.class);
  }

  @Test
  void damagedFile_isNoKey() throws IOException {
    Files.write(directory.resolve("helper.hpke"), new byte[3]);
    assertThatThrownBy(() -> refusing(0).key()).isInstanceOf(DapAnswerException.class);
    assertThat(key(KEY).key()).isEqualTo(KEY);
  }
}

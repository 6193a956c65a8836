package dev.weir.cli.campaign.he;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.query.sum.WindowClose;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The short version of {@code weir campaign he-fuzz}; the seed is fixed, so a fault repeats. */
class EnvelopeFuzzTest {
  private static final byte[] CLOSE =
      Json.canonical(new WindowClose("ab".repeat(32), "2026-11", "AAAA"));

  @Test
  void mutatedEnvelopes_areRefusedOrWorkedWith_andNothingElse() {
    var outcome = new EnvelopeFuzz(1).run(1_000);
    assertThat(outcome.faults()).isEmpty();
    assertThat(outcome.leaked()).isZero();
    assertThat(outcome.refused()).isGreaterThan(900);
    assertThat(outcome.passed()).isPositive(); // some changes hit coefficients or seeds only
  }

  @Test
  void goodEnvelopes_allPass() {
    try (var envelopes = new Envelopes()) {
      assertThat(envelopes.all())
          .hasSize(30)
          .allSatisfy(
              sample -> assertThat(sample.use().works(sample.good())).as(sample.kind()).isTrue());
    }
  }

  /** Bugs that readers of ours had, or could have. */
  @Test
  void readersThatForgetSomething_areFound() {
    // Jackson takes null for a document of every type, and whoever goes on with it falls
    assertThat(
            faultsOf(
                300, bytes -> Json.mapper().readValue(bytes, WindowClose.class).task() != null))
        .containsKey("planted: java.lang.NullPointerException");
    // and whoever asks for nothing of it has taken nothing for something
    assertThat(faultsOf(300, bytes -> Json.mapper().readValue(bytes, WindowClose.class) == null))
        .containsKey("planted: nothing was taken for something");
    // half a surrogate pair has no canonical form
    assertThat(faultsOf(300, bytes -> Json.canonical(Json.mapper().readTree(bytes)).length > 0))
        .containsKey("planted: java.lang.IllegalArgumentException");
    // memory without a bound
    assertThat(faultsOf(1, bytes -> new byte[(int) EnvelopeFuzz.MAX_BYTES].length == bytes.length))
        .containsKey("planted: took more memory than it may");
  }

  @Test
  void mutations_changeBytes() {
    var random = new Random(2);
    var good = new byte[300];
    int same = 0;
    int sameDocument = 0;
    for (int i = 0; i < 1_000; i++) {
      same += Arrays.equals(good, Mutation.of(good, random)) ? 1 : 0;
      sameDocument += Arrays.equals(CLOSE, Documents.mutated(CLOSE, random)) ? 1 : 0;
    }
    assertThat(same).isLessThan(100);
    assertThat(sameDocument).isZero();
  }

  /** With a reader that refuses what Jackson refuses. */
  private static Map<String, Integer> faultsOf(int rounds, Reader reader) {
    var fuzz = new EnvelopeFuzz(3);
    Sample.Use use =
        bytes -> {
          try {
            return reader.reads(bytes);
          } catch (IOException refused) {
            return false;
          }
        };
    fuzz.send(List.of(Sample.of("planted", CLOSE, Sample.Document.whole(CLOSE), use)), rounds);
    return fuzz.faults();
  }

  private interface Reader {
    boolean reads(byte[] bytes) throws IOException;
  }
}

package dev.weir.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.audit.log.CrashPoints.Point;
import dev.weir.privacy.merkle.Checkpoint;
import dev.weir.privacy.merkle.Ed25519Note;
import dev.weir.privacy.merkle.GrowingTree;
import dev.weir.privacy.merkle.Hash;
import dev.weir.privacy.merkle.TreeHasher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LogPublisherTest {
  @TempDir Path root;

  @Test
  void advance_overManyBatches_publishesTheRootOfAllLeavesInBothTrees() throws IOException {
    var log = new TestLog(root);
    for (int batch : new int[] {1, 3, 251, 1, 256, 700, 2}) {
      log.grow(batch);
      assertThat(checkpoint(log).root()).isEqualTo(oracle(Trees.SHA256, log));
      assertThat(twinCheckpoint(log).root()).isEqualTo(oracle(Trees.SM3, log));
    }
    assertThat(checkpoint(log).size()).isEqualTo(1_214);
    assertThat(Ed25519Note.verifier(log.keys().signer().key()).verify(note(log))).isTrue();
    assertThat(
            Sm2Note.verifier(log.keys().twinSigner().key())
                .verify(log.directory().twinCheckpoint().orElseThrow()))
        .isTrue();
  }

  @ParameterizedTest
  @EnumSource(Point.class)
  void crash_atEveryPoint_isMendedByTheNextStartAndSignsNoOtherHistory(Point point)
      throws IOException {
    var log = new TestLog(root);
    var signed = new ArrayList<Checkpoint>();
    var random = new Random(point.ordinal());
    for (int round = 0; round < 8; round++) {
      log.sequence(1 + random.nextInt(300));
      assertThatThrownBy(() -> log.open(crashAt(point)).advance()).isInstanceOf(Crash.class);
      log.directory().checkpoint().ifPresent(note -> signed.add(parse(note.text())));
      if (random.nextBoolean()) {
        log.open(CrashPoints.none()).advance();
      }
    }
    log.grow(1);
    assertThat(checkpoint(log).root()).isEqualTo(oracle(Trees.SHA256, log));
    assertThat(twinCheckpoint(log).root()).isEqualTo(oracle(Trees.SM3, log));
    for (var earlier : signed) {
      assertThat(earlier.root()).isEqualTo(oracle(Trees.SHA256, log, earlier.size()));
    }
  }

  @Test
  void open_whenTheDatabaseWasSetBack_refuses() throws IOException {
    var log = new TestLog(root);
    log.grow(10);
    log.grow(10);
    log.store().forgetAfter(10);
    assertThatThrownBy(() -> log.open(CrashPoints.none())).isInstanceOf(RollbackException.class);
  }

  @Test
  void open_whenTheFilesWereSetBack_refuses() throws IOException {
    var log = new TestLog(root);
    log.grow(10);
    var old = Files.readAllBytes(root.resolve("log/checkpoint"));
    log.grow(10);
    Files.write(root.resolve("log/checkpoint"), old);
    assertThatThrownBy(() -> log.open(CrashPoints.none())).isInstanceOf(RollbackException.class);
  }

  @Test
  void open_whenTheCheckpointIsGone_refuses() throws IOException {
    var log = new TestLog(root);
    log.grow(10);
    Files.delete(root.resolve("log/checkpoint"));
    assertThatThrownBy(() -> log.open(CrashPoints.none())).isInstanceOf(RollbackException.class);
  }

  @Test
  void advance_whenOneBitFlipsBetweenWritingAndSigning_signsNothing() throws IOException {
    for (var file : List.of("tile/entries/000.p/30", "tile/0/000.p/30", "sm3/tile/0/000.p/30")) {
      var log = new TestLog(root.resolve(file.replace('/', '-')));
      log.grow(20);
      log.sequence(10);
      var path = log.directory().root().resolve(file);
      CrashPoints flip =
          point -> {
            if (point == Point.TWIN_TILES_WRITTEN) {
              flipLastBit(path);
            }
          };
      assertThatThrownBy(() -> log.open(flip).advance()).isInstanceOf(RollbackException.class);
      assertThat(checkpoint(log).size()).isEqualTo(20);
      assertThat(log.open(CrashPoints.none()).advance()).isEqualTo(30);
    }
  }

  @Test
  void deposedSequencer_canNeitherSequenceNorPublish() throws IOException {
    var log = new TestLog(root);
    log.sequence(5);
    var deposed = log.open(CrashPoints.none());
    log.store().claimEpoch();
    assertThatThrownBy(deposed::advance).isInstanceOf(FencedOffException.class);
    assertThat(log.directory().checkpoint()).isEmpty();
  }

  @Test
  void keyFiles_areReadableByTheirOwnerAlone() throws IOException {
    new TestLog(root);
    for (var file : List.of("log.key", "log-sm3.key")) {
      assertThat(Files.getPosixFilePermissions(root.resolve("keys").resolve(file)))
          .extracting(Enum::name)
          .containsExactlyInAnyOrder("OWNER_READ", "OWNER_WRITE");
    }
  }

  private static CrashPoints crashAt(Point wanted) {
    return point -> {
      if (point == wanted) {
        throw new Crash();
      }
    };
  }

  private static void flipLastBit(Path file) {
    try {
      var bytes = Files.readAllBytes(file);
      bytes[bytes.length - 1] ^= 1;
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Hash oracle(TreeHasher hasher, TestLog log) {
    return oracle(hasher, log, log.store().sequenced());
  }

  private static Hash oracle(TreeHasher hasher, TestLog log, long size) {
    var tree = new GrowingTree(hasher, (level, index, hash) -> {});
    log.store().bodies(0, (int) size).forEach(body -> tree.append(hasher.leaf(body.bytes())));
    return tree.root();
  }

  private static dev.weir.privacy.merkle.SignedNote note(TestLog log) {
    return log.directory().checkpoint().orElseThrow();
  }

  private static Checkpoint checkpoint(TestLog log) {
    return parse(note(log).text());
  }

  private static Checkpoint twinCheckpoint(TestLog log) {
    return parse(log.directory().twinCheckpoint().orElseThrow().text());
  }

  private static Checkpoint parse(String text) {
    return Checkpoint.parse(text).orElseThrow();
  }

  private static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }
}

package dev.weir.audit.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.audit.log.LogDirectory;
import dev.weir.audit.log.RollbackException;
import dev.weir.audit.log.TestLog;
import dev.weir.audit.log.WitnessDriver;
import dev.weir.privacy.merkle.Checkpoint;
import dev.weir.privacy.merkle.Cosignature;
import dev.weir.privacy.merkle.Hash;
import dev.weir.privacy.merkle.SignedNote;
import dev.weir.privacy.merkle.TreeHasher;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real witness server over loopback HTTP. */
class WitnessTest {
  private static final Hash FORGED = TreeHasher.sha256().leaf(new byte[] {1});

  @TempDir Path root;
  private TestLog log;
  private HttpWitnessServer server;
  private HttpWitness witness;

  @BeforeEach
  void start() throws IOException {
    log = new TestLog(root);
    restart();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void restart() throws IOException {
    if (server != null) {
      server.close();
    }
    var settings =
        WitnessSettings.onLoopback(
            root.resolve("witness"), 0, "weir.example/witness", root.resolve("keys/log.vkey"));
    server =
        HttpWitnessServer.start(
            settings, () -> Instant.parse("2026-01-01T00:00:00Z"), new SecureRandom());
    witness = new HttpWitness(URI.create("http://127.0.0.1:" + server.port()));
  }

  /** The first client stops in the middle of its headers, the second of its body. */
  @Test
  void clientsThatStopHalfway_holdUpNobody() throws Exception {
    log.grow(3);
    try (var inHeaders = new Socket("127.0.0.1", server.port());
        var inBody = new Socket("127.0.0.1", server.port())) {
      send(inHeaders, "POST /add-checkpoint HTTP/1.1\r\nHo");
      send(
          inBody,
          "POST /add-checkpoint HTTP/1.1\r\nHost: witness\r\nContent-Length: 500\r\n\r\nold 0");
      assertThat(
              new WitnessDriver(log.directory(), witness, () -> Optional.of(server.key())).cosign())
          .isTrue();
    }
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  @Test
  void growingLog_isCosignedAndTheWitnessRemembersAcrossRestarts() throws Exception {
    var driver = driver(log.directory());
    for (int i = 0; i < 5; i++) {
      log.grow(100 * i + 1);
      assertThat(driver.cosign()).isTrue();
      restart();
      driver = driver(log.directory()); // starts from nothing: learns the size from the 409
    }
    var cosigned = log.directory().cosigned().orElseThrow();
    assertThat(Cosignature.verifier(server.key()).verify(cosigned)).isTrue();
    assertThat(Checkpoint.parse(cosigned.text()).orElseThrow().size()).isEqualTo(1_005);
  }

  @Test
  void add_answersAsTheProtocolSays() throws Exception {
    log.grow(10);
    var note = log.directory().checkpoint().orElseThrow();
    assertThat(witness.add(new AddCheckpoint(0, List.of(), note)))
        .isInstanceOf(WitnessReply.Cosigned.class);
    assertThat(witness.add(new AddCheckpoint(3, List.of(), note)))
        .isEqualTo(new WitnessReply.Conflict(10));
    assertThat(witness.add(new AddCheckpoint(11, List.of(), note)))
        .isInstanceOf(WitnessReply.Malformed.class);
    assertThat(witness.add(new AddCheckpoint(10, List.of(), signed(10, FORGED))))
        .isEqualTo(new WitnessReply.Conflict(10));
    assertThat(witness.add(new AddCheckpoint(10, List.of(FORGED), signed(12, FORGED))))
        .isInstanceOf(WitnessReply.Inconsistent.class);
    var unsigned = new SignedNote(note.text(), List.of(note.signatures().getFirst())).text();
    var wrong = signed(12, FORGED).signatures().getFirst();
    assertThat(
            witness.add(new AddCheckpoint(10, List.of(), new SignedNote(unsigned, List.of(wrong)))))
        .isInstanceOf(WitnessReply.Unsigned.class);
    var other = new SignedNote(new Checkpoint("else.example", 12, FORGED).text(), List.of(wrong));
    assertThat(witness.add(new AddCheckpoint(10, List.of(), other)))
        .isInstanceOf(WitnessReply.UnknownLog.class);
  }

  @Test
  void forkedLog_isRefusedAndHalts() throws Exception {
    log.grow(10);
    driver(log.directory()).cosign();
    var fork = new LogDirectory(root.resolve("log"));
    Files.writeString(root.resolve("log/checkpoint"), signed(10, FORGED).encode());
    var driver = driver(fork);
    assertThatThrownBy(driver::cosign).isInstanceOf(RollbackException.class);
  }

  @Test
  void logSetBack_isNoticedByTheWitness() throws Exception {
    log.grow(10);
    var old = Files.readString(root.resolve("log/checkpoint"));
    var oldTwin = Files.readString(root.resolve("log/sm3/checkpoint"));
    log.grow(10);
    driver(log.directory()).cosign();
    Files.writeString(root.resolve("log/checkpoint"), old);
    Files.writeString(root.resolve("log/sm3/checkpoint"), oldTwin);
    var driver = driver(log.directory());
    assertThatThrownBy(driver::cosign).isInstanceOf(RollbackException.class);
  }

  @Test
  void damagedMemory_keepsTheWitnessFromStarting() throws Exception {
    log.grow(10);
    driver(log.directory()).cosign();
    Files.writeString(root.resolve("witness/seen"), "nothing");
    assertThatThrownBy(this::restart).isInstanceOf(IOException.class);
  }

  private SignedNote signed(long size, Hash hash) {
    var checkpoint = new Checkpoint(TestLog.ORIGIN, size, hash);
    return log.keys().signer().sign(new SignedNote(checkpoint.text(), List.of()));
  }

  private WitnessDriver driver(LogDirectory directory) {
    return new WitnessDriver(directory, witness, () -> Optional.of(server.key()));
  }
}

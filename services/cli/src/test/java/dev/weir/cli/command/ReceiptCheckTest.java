package dev.weir.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.CommandFault;
import dev.weir.privacy.merkle.Checkpoint;
import dev.weir.privacy.merkle.Cosignature;
import dev.weir.privacy.merkle.Ed25519Note;
import dev.weir.privacy.merkle.Hash;
import dev.weir.privacy.merkle.NoteSigner;
import dev.weir.privacy.merkle.SignedNote;
import dev.weir.privacy.merkle.TreeHasher;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiptCheckTest {
  private static final TreeHasher TREE = TreeHasher.sha256();
  private static final String LEAF = "{\"kind\":\"RELEASE\"}";

  @TempDir private Path keys;
  private NoteSigner log;
  private NoteSigner witness;
  private ReceiptCheck check;

  @BeforeEach
  void makeKeys() throws Exception {
    KeyPair ofLog = pair();
    KeyPair ofWitness = pair();
    log = Ed25519Note.signer("weir.example/log", ofLog.getPrivate(), ofLog.getPublic());
    witness =
        Cosignature.signer(
            "weir.example/witness",
            ofWitness.getPrivate(),
            ofWitness.getPublic(),
            InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")));
    write("log.vkey", log);
    write("witness.vkey", witness);
    check = ReceiptCheck.withKeys(keys);
  }

  @Test
  void receipt_thatIsTrue_holds() {
    assertThat(check.findings(receipt())).isEmpty();
    assertThat(check.checksSignatures()).isTrue();
  }

  @Test
  void receipt_ofAnotherLeaf_isNotProven() {
    assertThat(check.findings(receipt().put("leaf", LEAF + " "))).containsExactly("proof");
    assertThat(check.findings(receipt().put("index", 0))).containsExactly("proof");
  }

  @Test
  void receipt_underACheckpointThatWasAltered_isNotSigned() {
    // given
    var receipt = receipt();
    var other = new Checkpoint("weir.example/log", 2, TREE.leaf(new byte[] {1}));
    String signatures = receipt.path("checkpoint").asText().split("\n\n", 2)[1];
    // then
    assertThat(check.findings(receipt.put("checkpoint", other.text() + "\n" + signatures)))
        .containsExactly("proof", "signature", "cosignature");
  }

  @Test
  void receipt_withoutACosignature_isNotWitnessed() {
    // given
    String signed = log.sign(new SignedNote(checkpoint().text(), List.of())).encode();
    // then
    assertThat(check.findings(receipt().put("checkpoint", signed))).containsExactly("cosignature");
  }

  @Test
  void receipt_thatIsNone_isOneFinding() {
    assertThat(check.findings(Json.mapper().createObjectNode())).containsExactly("checkpoint");
    assertThat(check.findings(receipt().set("proof", Json.mapper().createArrayNode().add("!"))))
        .containsExactly("proof");
  }

  @Test
  void keys_ofAnotherKind_areRefused() throws IOException {
    // given
    write("log.vkey", witness);
    // then
    assertThatThrownBy(() -> ReceiptCheck.withKeys(keys)).isInstanceOf(CommandFault.class);
  }

  private static Checkpoint checkpoint() {
    return new Checkpoint("weir.example/log", 2, TREE.node(sibling(), leaf()));
  }

  private static Hash sibling() {
    return TREE.leaf(new byte[] {7});
  }

  private static Hash leaf() {
    return TREE.leaf(LEAF.getBytes(StandardCharsets.UTF_8));
  }

  private ObjectNode receipt() {
    var note = witness.sign(log.sign(new SignedNote(checkpoint().text(), List.of())));
    var receipt =
        Json.mapper()
            .createObjectNode()
            .put("index", 1)
            .put("leaf", LEAF)
            .put("checkpoint", note.encode());
    receipt.putArray("proof").add(sibling().base64());
    return receipt;
  }

  private void write(String file, NoteSigner signer) throws IOException {
    Files.writeString(keys.resolve(file), signer.key().encode() + "\n");
  }

  private static KeyPair pair() throws GeneralSecurityException {
    return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }
}

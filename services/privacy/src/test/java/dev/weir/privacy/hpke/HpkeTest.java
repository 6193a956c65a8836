package dev.weir.privacy.hpke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.privacy.curve.X25519;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class HpkeTest {
  private static final Path VECTORS =
      Path.of(System.getProperty("weir.data", "absent"), "hpke-rfc9180", "vectors.json");
  private static final byte[] INFO = "info".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] AAD = "aad".getBytes(StandardCharsets.US_ASCII);

  private final SecureRandom random = new SecureRandom();
  private final HpkePrivateKey key = HpkePrivateKey.random(random);
  private final HpkeRecipient recipient = new HpkeRecipient(key, Aead.AES_128_GCM, INFO);

  @Test
  void baseModeVectors_ofRfc9180_areReproduced() throws Exception {
    var vectors = baseModeVectors();
    assertThat(vectors).hasSize(Aead.values().length);
    for (JsonNode vector : vectors) {
      var aead = aead(vector);
      try (var mine = HpkePrivateKey.derive(bytes(vector, "ikmR"));
          var ephemeral = HpkePrivateKey.derive(bytes(vector, "ikmE"))) {
        assertThat(mine.revealBytes()).isEqualTo(bytes(vector, "skRm"));
        assertThat(mine.publicKey().bytes()).isEqualTo(bytes(vector, "pkRm"));
        var first = vector.get("encryptions").get(0);
        var sealed =
            new HpkeSender(mine.publicKey(), aead, bytes(vector, "info"))
                .seal(ephemeral, bytes(first, "aad"), bytes(first, "pt"));
        assertThat(sealed.encapsulated()).isEqualTo(bytes(vector, "enc"));
        assertThat(sealed.ciphertext()).isEqualTo(bytes(first, "ct"));
        var opened =
            new HpkeRecipient(mine, aead, bytes(vector, "info"))
                .open(bytes(vector, "enc"), bytes(first, "aad"), bytes(first, "ct"));
        assertThat(opened).isEqualTo(bytes(first, "pt"));
      }
    }
  }

  @Test
  void keySchedule_ofTheVectors_givesTheirKeysForAllMessages() throws Exception {
    for (JsonNode vector : baseModeVectors()) {
      var aead = aead(vector);
      var keys =
          new KeySchedule(aead, bytes(vector, "info"))
              .keys(new Hkdf(), bytes(vector, "shared_secret"));
      assertThat(keys.key()).isEqualTo(bytes(vector, "key"));
      assertThat(keys.nonce()).isEqualTo(bytes(vector, "base_nonce"));
      for (JsonNode message : vector.get("encryptions")) {
        var nonce = bytes(message, "nonce");
        assertThat(aead.seal(keys.key(), nonce, bytes(message, "aad"), bytes(message, "pt")))
            .isEqualTo(bytes(message, "ct"));
      }
    }
  }

  @Test
  void open_ofWhatWasSealed_givesItBack() throws HpkeOpenException {
    for (Aead aead : Aead.values()) {
      for (int length : new int[] {0, 1, 15, 16, 17, 5_648}) {
        var plaintext = new byte[length];
        random.nextBytes(plaintext);
        var sealed = new HpkeSender(key.publicKey(), aead, INFO).seal(AAD, plaintext, random);
        assertThat(sealed.ciphertext()).hasSize(length + Aead.TAG_BYTES);
        assertThat(
                new HpkeRecipient(key, aead, INFO)
                    .open(sealed.encapsulated(), AAD, sealed.ciphertext()))
            .isEqualTo(plaintext);
      }
    }
  }

  @Test
  void open_afterAnyBitWasChanged_failsAlike() {
    var sealed = new HpkeSender(key.publicKey(), Aead.AES_128_GCM, INFO).seal(AAD, INFO, random);
    var failures = new ArrayList<String>();
    for (int bit = 0; bit < 8 * sealed.ciphertext().length; bit++) {
      int at = bit;
      failures.add(
          failure(() -> recipient.open(sealed.encapsulated(), AAD, flip(sealed.ciphertext(), at))));
    }
    for (int bit = 0; bit < 255; bit++) { // the top bit of a public key is ignored
      int at = bit;
      failures.add(
          failure(() -> recipient.open(flip(sealed.encapsulated(), at), AAD, sealed.ciphertext())));
    }
    failures.add(
        failure(() -> recipient.open(sealed.encapsulated(), flip(AAD, 3), sealed.ciphertext())));
    failures.add(failure(() -> recipient.open(new byte[X25519.BYTES], AAD, sealed.ciphertext())));
    failures.add(failure(() -> recipient.open(new byte[31], AAD, sealed.ciphertext())));
    failures.add(failure(() -> recipient.open(sealed.encapsulated(), AAD, new byte[15])));
    assertThat(failures).containsOnly("the message does not open");
  }

  @Test
  void open_forAnotherPurpose_fails() {
    var sealed = new HpkeSender(key.publicKey(), Aead.AES_128_GCM, INFO).seal(AAD, INFO, random);
    var other = new HpkeRecipient(key, Aead.AES_128_GCM, AAD);
    assertThatThrownBy(() -> other.open(sealed.encapsulated(), AAD, sealed.ciphertext()))
        .isInstanceOf(HpkeOpenException.class);
  }

  @Test
  void seal_toAKeyOfSmallOrder_isRefused() {
    var zero = HpkePublicKey.of(new byte[X25519.BYTES]);
    var sender = new HpkeSender(zero, Aead.AES_128_GCM, INFO);
    assertThatThrownBy(() -> sender.seal(AAD, INFO, random))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void privateKey_printsNothingAndIsUselessOnceClosed() {
    var secret = HpkePrivateKey.random(random);
    var copy = HpkePrivateKey.of(secret.revealBytes());
    assertThat(secret).isEqualTo(copy).isNotEqualTo(key);
    assertThat(secret.toString())
        .doesNotContain(HexFormat.of().formatHex(secret.revealBytes()).substring(0, 8));
    secret.close();
    assertThatThrownBy(secret::revealBytes).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> HpkePrivateKey.of(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private interface Opening {
    byte[] run() throws HpkeOpenException;
  }

  private static String failure(Opening opening) {
    try {
      opening.run();
      return "opened";
    } catch (HpkeOpenException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static byte[] flip(byte[] bytes, int bit) {
    var changed = bytes.clone();
    changed[bit / 8] ^= (byte) (1 << bit % 8);
    return changed;
  }

  private static List<JsonNode> baseModeVectors() throws IOException {
    assumeTrue(Files.exists(VECTORS), "the shared data is not here: set weir.data");
    var vectors = new ArrayList<JsonNode>();
    for (JsonNode vector : new ObjectMapper().readTree(VECTORS.toFile())) {
      boolean exportOnly = vector.get("aead_id").asInt() == 0xFFFF;
      if (vector.get("mode").asInt() == 0 && !exportOnly) {
        vectors.add(vector);
      }
    }
    return vectors;
  }

  private static Aead aead(JsonNode vector) {
    for (Aead aead : Aead.values()) {
      if (aead.id() == vector.get("aead_id").asInt()) {
        return aead;
      }
    }
    throw new IllegalArgumentException(vector.get("aead_id").asText());
  }

  private static byte[] bytes(JsonNode node, String name) {
    return HexFormat.of().parseHex(node.get(name).asText());
  }
}

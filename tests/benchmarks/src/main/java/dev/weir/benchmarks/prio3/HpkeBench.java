package dev.weir.benchmarks.prio3;

import dev.weir.benchmarks.harness.Settings;
import dev.weir.benchmarks.harness.Sheet;
import dev.weir.benchmarks.harness.Timings;
import dev.weir.privacy.curve.X25519;
import dev.weir.privacy.hpke.Aead;
import dev.weir.privacy.hpke.HpkePrivateKey;
import dev.weir.privacy.hpke.HpkeRecipient;
import dev.weir.privacy.hpke.HpkeSender;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import javax.crypto.KeyAgreement;
import org.bouncycastle.crypto.hpke.HPKE;

/** Opening one report share: the first cost of an aggregator. */
final class HpkeBench {
  private static final int PLAINTEXT_BYTES = 70;

  private HpkeBench() {}

  static void run(Settings settings, Sheet sheet) throws Exception {
    int runs = settings.pick(500, 5_000);
    var random = new SecureRandom();
    agreement(sheet, runs, random);
    var info = "dap-18 input share".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    var aad = new byte[239];
    try (var key = HpkePrivateKey.random(random)) {
      var sealed =
          new HpkeSender(key.publicKey(), Aead.AES_128_GCM, info)
              .seal(aad, new byte[PLAINTEXT_BYTES], random);
      var recipient = new HpkeRecipient(key, Aead.AES_128_GCM, info);
      var encapsulated = sealed.encapsulated();
      var ciphertext = sealed.ciphertext();
      var own = Timings.of(runs, runs, () -> recipient.open(encapsulated, aad, ciphertext));
      var peer =
          new HPKE(
              HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM128);
      var theirKey = peer.deserializePrivateKey(key.revealBytes(), key.publicKey().bytes());
      var theirs =
          Timings.of(
              runs,
              runs,
              () -> peer.open(encapsulated, theirKey, info, aad, ciphertext, null, null, null));
      sheet.against(
          "HPKE open, median",
          own.nanos(0.5) / 1e3,
          "µs",
          "Bouncy Castle's HPKE",
          theirs.nanos(0.5) / 1e3);
    }
  }

  private static void agreement(Sheet sheet, int runs, SecureRandom random) throws Exception {
    var scalar = new byte[X25519.BYTES];
    var point = new byte[X25519.BYTES];
    random.nextBytes(scalar);
    random.nextBytes(point);
    var generator = KeyPairGenerator.getInstance("X25519");
    var mine = generator.generateKeyPair();
    var yours = generator.generateKeyPair();
    var own = Timings.of(runs, runs, () -> X25519.multiply(scalar, point));
    var jdk =
        Timings.of(
            runs,
            runs,
            () -> {
              var agreement = KeyAgreement.getInstance("X25519");
              agreement.init(mine.getPrivate());
              agreement.doPhase(yours.getPublic(), true);
              return agreement.generateSecret();
            });
    sheet.against("X25519, median", own.nanos(0.5) / 1e3, "µs", "the JDK's", jdk.nanos(0.5) / 1e3);
  }
}

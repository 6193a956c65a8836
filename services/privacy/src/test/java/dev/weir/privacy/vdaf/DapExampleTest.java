package dev.weir.privacy.vdaf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.privacy.hpke.Aead;
import dev.weir.privacy.hpke.HpkeOpenException;
import dev.weir.privacy.hpke.HpkePrivateKey;
import dev.weir.privacy.hpke.HpkeRecipient;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * One report of a DAP draft-18 task from measurement to result: bytes that another implementation
 * of VDAF and HPKE computed, each message held to its digest.
 */
class DapExampleTest {
  private static final String TASK_ID =
      "f0163447364ccf1bc0e3affcca6873c9c381f64acdf9020662f83f46c07219e7";
  private static final String TASK_CONFIGURATION =
      "076578616d706c65001768747470733a2f2f6c65616465722e6578616d706c652f"
          + "001768747470733a2f2f68656c7065722e6578616d706c652f0000000000000e10"
          + "0000000000000064010000000000040008000000040000000200140001001000000000"
          + "00078a2000000000000002d0";
  private static final String METADATA = "000102030405060708090a0b0c0d0e0f0000000000078a210000";
  private static final String ENCAPSULATED =
      "79a631eede1bf9c98f12032cdeadd0e7a079398fc786b88cc846ec89af85a51a";
  private static final String CIPHERTEXT =
      "e7021fa61338a637722ebe729f59e1465b0643f74951f515ed4b7c3f5b6c0578"
          + "4ed6077a4f82f0df419f50090563eab45afcd6ff841d88f9958dfac700c12f1c"
          + "18d91945304ecbcf59c48f2f05b9d3332498a30ba3f0";

  private final Prio3 prio3 =
      Prio3.of(
          new Prio3Instance.Histogram(4, 2), hex("6461702d3138" + TASK_ID)); // "dap-18", task id
  private final Nonce nonce = Nonce.of(counting(0, 16));
  private final Shares shares = prio3.shard(Measurement.bucket(2), nonce, counting(0, 128));

  @Test
  void shares_areThoseOfTheExample() {
    assertThat(sha256(shares.publicShare().revealBytes()))
        .isEqualTo("55539e6f27ea3a47636ac075c6abfc83b1a882c7a5f65e121334cb8765f32279");
    assertThat(sha256(shares.inputShares().get(0).revealBytes()))
        .isEqualTo("6d3818af678a60101f4e5392dc843a08b90d237d69e4d09e8b8553ce6eaaafeb");
    assertThat(shares.inputShares().get(1)).isEqualTo(InputShare.of(counting(0, 64)));
  }

  @Test
  void helperCiphertext_opensToItsInputShare() throws HpkeOpenException {
    var aad =
        hex(
            TASK_ID
                + TASK_CONFIGURATION
                + METADATA
                + "00000040"
                + HexFormat.of().formatHex(shares.publicShare().revealBytes()));
    var info = hex("6461702d313820696e7075742073686172650103");
    try (var key = HpkePrivateKey.of(counting(0x20, 32))) {
      var opened =
          new HpkeRecipient(key, Aead.AES_128_GCM, info)
              .open(hex(ENCAPSULATED), aad, hex(CIPHERTEXT));
      assertThat(HexFormat.of().formatHex(opened))
          .isEqualTo("000000000040" + HexFormat.of().formatHex(counting(0, 64)));
    }
  }

  @Test
  void verification_sendsTheBytesOfTheExampleAndCountsTheBucket() {
    var parties = new PingPong(prio3, VerifyKey.of(counting(0, 32)));
    var started =
        (PingPongOutcome.Started)
            parties.start(nonce, shares.publicShare(), shares.inputShares().get(0));
    assertThat(started.outbound().bytes()).hasSize(133);
    assertThat(sha256(started.outbound().bytes()))
        .isEqualTo("c156556ed655ca9af8fbdcab11efde71588858b38c93c7bc5c6309711f58bdf9");
    var answered =
        (PingPongOutcome.FinishedWithOutbound)
            parties.answer(
                nonce,
                shares.publicShare(),
                shares.inputShares().get(1),
                started.outbound().bytes());
    assertThat(HexFormat.of().formatHex(answered.outbound().bytes()))
        .isEqualTo("020000002025ca858960624ceb7e6912e22a089e6425015685b03246fd67a100b931ebefb0");
    var ended =
        (PingPongOutcome.Finished) parties.end(started.verification(), answered.outbound().bytes());
    var leader = prio3.aggregation();
    leader.add(ended.outputShare());
    var helper = prio3.aggregation();
    helper.add(answered.outputShare());
    assertThat(prio3.unshard(List.of(leader.share(), helper.share())))
        .containsExactly(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ONE, BigInteger.ZERO);
  }

  private static byte[] counting(int from, int length) {
    var bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (from + i);
    }
    return bytes;
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  private static String sha256(byte[] bytes) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}

package dev.weir.he.oprf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors of RFC 9497, appendix A.3.2 (P256-SHA256, VOPRF mode), and what must be refused. */
class OprfVectorsTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] SEED = HEX.parseHex("a3".repeat(OprfKey.SEED_BYTES));
  private static final byte[] INFO = "test key".getBytes(StandardCharsets.US_ASCII);
  private static final String LONG_INPUT = "5a".repeat(17);
  private static final String FIRST_BLIND =
      "3338fa65ec36e0290022b48eb562889d89dbfa691d1cde91517fa222ed7ad364";
  private static final String SECOND_BLIND =
      "f9db001266677f62c095021db018cd8cbb55941d4073698ce45c405d1348b7b1";

  private final SecureRandom random = new SecureRandom();
  private final OprfKey key = OprfKey.derive(SEED, INFO, random);

  private record Vector(
      List<String> inputs,
      List<String> blinds,
      List<String> blinded,
      List<String> evaluated,
      String nonce,
      String proof,
      List<String> outputs) {}

  private static final Vector FIRST =
      new Vector(
          List.of("00"),
          List.of(FIRST_BLIND),
          List.of("02dd05901038bb31a6fae01828fd8d0e49e35a486b5c5d4b4994013648c01277da"),
          List.of("0209f33cab60cf8fe69239b0afbcfcd261af4c1c5632624f2e9ba29b90ae83e4a2"),
          SECOND_BLIND,
          "e7c2b3c5c954c035949f1f74e6bce2ed539a3be267d1481e9ddb178533df4c26"
              + "64f69d065c604a4fd953e100b856ad83804eb3845189babfa5a702090d6fc5fa",
          List.of("0412e8f78b02c415ab3a288e228978376f99927767ff37c5718d420010a645a1"));

  private static final Vector SECOND =
      new Vector(
          List.of(LONG_INPUT),
          List.of(FIRST_BLIND),
          List.of("03cd0f033e791c4d79dfa9c6ed750f2ac009ec46cd4195ca6fd3800d1e9b887dbd"),
          List.of("030d2985865c693bf7af47ba4d3a3813176576383d19aff003ef7b0784a0d83cf1"),
          SECOND_BLIND,
          "2787d729c57e3d9512d3aa9e8708ad226bc48e0f1750b0767aaff73482c44b8d"
              + "2873d74ec88aebd3504961acea16790a05c542d9fbff4fe269a77510db00abab",
          List.of("771e10dcd6bcd3664e23b8f2a710cfaaa8357747c4a8cbba03133967b5c24f18"));

  private static final Vector BATCH =
      new Vector(
          List.of("00", LONG_INPUT),
          List.of(FIRST_BLIND, SECOND_BLIND),
          List.of(
              "02dd05901038bb31a6fae01828fd8d0e49e35a486b5c5d4b4994013648c01277da",
              "03462e9ae64cae5b83ba98a6b360d942266389ac369b923eb3d557213b1922f8ab"),
          List.of(
              "0209f33cab60cf8fe69239b0afbcfcd261af4c1c5632624f2e9ba29b90ae83e4a2",
              "02bb24f4d838414aef052a8f044a6771230ca69c0a5677540fff738dd31bb69771"),
          "350e8040f828bf6ceca27405420cdf3d63cb3aef005f40ba51943c8026877963",
          "bdcc351707d02a72ce49511c7db990566d29d6153ad6f8982fad2b435d6ce4d6"
              + "0da1e6b3fa740811bde34dd4fe0aa1b5fe6600d0440c9ddee95ea7fad7a60cf2",
          List.of(
              "0412e8f78b02c415ab3a288e228978376f99927767ff37c5718d420010a645a1",
              "771e10dcd6bcd3664e23b8f2a710cfaaa8357747c4a8cbba03133967b5c24f18"));

  static Stream<Vector> vectors() {
    return Stream.of(FIRST, SECOND, BATCH);
  }

  @Test
  void key_isTheDerivedOne() {
    assertThat(key.publicKey().toString())
        .isEqualTo("03e17e70604bcabe198882c0a1f27a92441e774224ed9c702e51dd17038b102462");
    assertThat(key.toString()).doesNotContain("ca5d94c8");
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.MethodSource("vectors")
  void everyStep_isTheRfcs(Vector vector) {
    var inputs = vector.inputs().stream().map(HEX::parseHex).toList();
    var blinds = vector.blinds().stream().map(text -> new BigInteger(text, 16)).toList();
    var client = OprfClient.with(key.publicKey(), inputs, blinds);
    assertThat(client.blinded()).extracting(Element::toString).isEqualTo(vector.blinded());
    var evaluation = key.evaluate(client.blinded(), new BigInteger(vector.nonce(), 16));
    assertThat(evaluation.elements()).extracting(Element::toString).isEqualTo(vector.evaluated());
    assertThat(HEX.formatHex(evaluation.proof().toBytes())).isEqualTo(vector.proof());
    assertThat(client.finish(evaluation).stream().map(HEX::formatHex).toList())
        .isEqualTo(vector.outputs());
    assertThat(inputs.stream().map(key::evaluate).map(HEX::formatHex).toList())
        .isEqualTo(vector.outputs());
  }

  @Test
  void anotherKey_isFoundOut() {
    var other = OprfKey.derive(SEED, new byte[] {1}, random);
    var client = OprfClient.blind(key.publicKey(), List.of(new byte[3]), random);
    assertThatThrownBy(() -> client.finish(other.evaluate(client.blinded())))
        .isInstanceOf(OprfException.class);
    var mixed =
        new Evaluation(
            other.evaluate(client.blinded()).elements(), key.evaluate(client.blinded()).proof());
    assertThatThrownBy(() -> client.finish(mixed)).isInstanceOf(OprfException.class);
    assertThat(client.finish(key.evaluate(client.blinded())))
        .singleElement()
        .isEqualTo(key.evaluate(new byte[3]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00",
        "000000000000000000000000000000000000000000000000000000000000000000",
        "04dd05901038bb31a6fae01828fd8d0e49e35a486b5c5d4b4994013648c01277da",
        "02ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "020000000000000000000000000000000000000000000000000000000000000001"
      })
  void bytesThatNameNoPoint_areRefused(String bytes) {
    assertThatThrownBy(() -> Element.ofBytes(HEX.parseHex(bytes)))
        .isInstanceOf(OprfException.class);
  }

  @Test
  void proofsThatAreNotReduced_areRefused() {
    assertThatThrownBy(() -> Proof.ofBytes(HEX.parseHex("ff".repeat(Proof.BYTES))))
        .isInstanceOf(OprfException.class);
    assertThatThrownBy(() -> Proof.ofBytes(new byte[Proof.BYTES - 1]))
        .isInstanceOf(OprfException.class);
  }
}

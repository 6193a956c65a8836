package dev.weir.privacy.xof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.privacy.field.Field128;
import dev.weir.privacy.field.Field64;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The published vector of the XOF, and the rejection that no published vector reaches. */
class XofVectorTest {
  private static final Path VECTOR =
      Path.of(System.getProperty("weir.data", "absent"), "vdaf-vectors", "XofTurboShake128.json");

  @Test
  void stream_ofThePublishedVector_isTheSame() throws IOException {
    assumeTrue(Files.exists(VECTOR), "the shared data is not here: set weir.data");
    var vector = new ObjectMapper().readTree(VECTOR.toFile());
    var seed = HexFormat.of().parseHex(vector.get("seed").asText());
    var tag = HexFormat.of().parseHex(vector.get("dst").asText());
    var binder = HexFormat.of().parseHex(vector.get("binder").asText());

    var derived = new XofTurboShake128(seed, tag).bind(binder).nextSeed();
    int length = vector.get("length").asInt();
    var drawn = Field128.INSTANCE.zeros(length);
    Field128.INSTANCE.draw(new XofTurboShake128(seed, tag).bind(binder), drawn, 0, length);
    var encoded = new byte[16 * length];
    Field128.INSTANCE.encode(drawn, 0, length, encoded, 0);

    assertThat(HexFormat.of().formatHex(derived)).isEqualTo(vector.get("derived_seed").asText());
    assertThat(HexFormat.of().formatHex(encoded))
        .isEqualTo(vector.get("expanded_vec_field128").asText());
  }

  @Test
  void draw_whereACandidateIsNotBelowTheModulus_dropsIt() {
    var seed =
        HexFormat.of().parseHex("44341dc52d71a2ff2e4c305e9335da9b19afc68e10b8b543690dad9d3bbb46ba");
    int length = 13_883;
    var drawn = new long[length];
    Field64.INSTANCE.draw(new XofTurboShake128(seed, new byte[0]), drawn, 0, length);
    assertThat(Field64.INSTANCE.get(drawn, length - 1))
        .isEqualTo(new BigInteger("4857131209231097247"));
  }

  @Test
  void construct_withATagOrSeedThatDoesNotFitItsLength_isRefused() {
    assertThatThrownBy(() -> new XofTurboShake128(new byte[32], new byte[65_536]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new XofTurboShake128(new byte[256], new byte[1]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

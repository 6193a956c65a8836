package dev.weir.privacy.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.privacy.xof.XofTurboShake128;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sampler draw for draw against libprio-rs, over the same seed stream. */
class LibprioVectorsTest {
  private static final Path DATA = Path.of(System.getProperty("weir.data", "absent"));

  @ParameterizedTest
  @ValueSource(strings = {"2.342", "3", "100", "9999999999999999999999"})
  void sample_withTheSeedStreamOfLibprio_drawsItsSamples(String name) throws IOException {
    var vector = read("dp-discrete-gaussian/discrete_gauss_" + name + ".json");
    var deviation =
        new Rational(
            vector.get("std_num").bigIntegerValue(), vector.get("std_denom").bigIntegerValue());
    var stream =
        new XofTurboShake128(HexFormat.of().parseHex(vector.get("seed").asText()), new byte[0]);
    var gaussian =
        new DiscreteGaussian(
            deviation.times(deviation),
            new ByteUniformSource(
                out -> System.arraycopy(stream.next(out.length), 0, out, 0, out.length)));

    var drawn = Stream.generate(gaussian::sample).limit(vector.get("samples").size()).toList();

    assertThat(drawn).isEqualTo(values(vector.get("samples")));
  }

  private static java.util.List<BigInteger> values(JsonNode samples) {
    var values = new java.util.ArrayList<BigInteger>();
    samples.forEach(sample -> values.add(sample.bigIntegerValue()));
    return values;
  }

  private static JsonNode read(String file) throws IOException {
    var path = DATA.resolve(file);
    assumeTrue(Files.exists(path), "the shared data is not here: set weir.data");
    return new ObjectMapper().readTree(path.toFile());
  }
}

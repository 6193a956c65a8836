package dev.weir.privacy.noise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Nothing in the noise package computes with floating-point numbers or seeds itself. */
class NoFloatingPointTest {
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "\\b(double|float|Double|Float|BigDecimal|StrictMath|ThreadLocalRandom)\\b"
              + "|Math\\.(log|exp|sqrt|pow|random|round|floor|ceil)\\b"
              + "|new (Secure)?Random\\(|\\b\\d+\\.\\d+[fd]?\\b|nextGaussian");

  @Test
  void sources_computeWithIntegersOnly() throws IOException {
    try (var files = Files.list(Path.of("src/main/java/dev/weir/privacy/noise"))) {
      var sources = files.toList();
      assertThat(sources).hasSizeGreaterThan(6);
      for (var source : sources) {
        assertThat(FORBIDDEN.matcher(code(source)).results().map(r -> r.group()))
            .as(source.toString())
            .isEmpty();
      }
    }
  }

  @Test
  void pattern_findsWhatItForbids() {
    assertThat(FORBIDDEN.matcher("return Math.log(u) * s;").find()).isTrue();
    assertThat(FORBIDDEN.matcher("double x = 1;").find()).isTrue();
  }

  private static String code(Path source) throws IOException {
    return Files.readString(source).replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("//[^\n]*", "");
  }
}

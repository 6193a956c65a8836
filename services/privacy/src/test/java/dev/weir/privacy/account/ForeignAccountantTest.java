package dev.weir.privacy.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The conversion to (ε, δ) beside that of OpenDP, whose figures lie in the test's resources. */
class ForeignAccountantTest {
  private static final String FILE = "/vectors/zcdp/opendp-0.16.0.csv";

  record Row(long nanoRho, double delta, double epsilon) {}

  @ParameterizedTest
  @MethodSource("rows")
  void epsilon_isTheOneOfOpenDp(Row row) {
    assertThat(EpsilonDelta.epsilon(row.nanoRho(), row.delta()))
        .isCloseTo(row.epsilon(), within(1e-9 + 1e-7 * row.epsilon()));
  }

  @Test
  void rows_areAllThere() {
    assertThat(rows()).hasSize(36);
  }

  static Stream<Row> rows() {
    try (var in = ForeignAccountantTest.class.getResourceAsStream(FILE)) {
      var lines = List.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1));
      return lines.stream()
          .filter(line -> !line.isEmpty() && Character.isDigit(line.charAt(0)))
          .map(line -> line.split(",", -1))
          .map(cells ->
              new Row(
                  Long.parseLong(cells[0]),
                  Double.parseDouble(cells[1]),
                  Double.parseDouble(cells[2])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

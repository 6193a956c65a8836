package dev.weir.cli.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.dap.task.VdafConfiguration;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedRowsTest {
  private static final long SEED = 20261123;
  private static final int MOST = 8;
  private static final byte[] ALPHABET = "12,\n\r\r\n".getBytes(StandardCharsets.US_ASCII);

  @TempDir private Path directory;

  /** Java's own reader of lines is the oracle; what is too long for us it reads whole. */
  @Test
  void rows_areThoseThatJavaReads_butForTheLongOnes() throws IOException {
    var random = new Random(SEED);
    long tooLong = 0;
    for (int round = 0; round < 2_000; round++) {
      byte[] bytes = new byte[random.nextInt(60)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = ALPHABET[random.nextInt(random.nextBoolean() ? 3 : ALPHABET.length)];
      }
      var expected =
          new BufferedReader(
                  new InputStreamReader(
                      new ByteArrayInputStream(bytes), StandardCharsets.ISO_8859_1))
              .lines()
              .map(row -> row.length() > MOST ? BoundedRows.TOO_LONG : row)
              .toList();
      tooLong += expected.stream().filter(BoundedRows.TOO_LONG::equals).count();
      try (var rows = BoundedRows.of(new ByteArrayInputStream(bytes), MOST)) {
        assertThat(rows.toList()).as("round %s of seed %s", round, SEED).isEqualTo(expected);
      }
    }
    assertThat(tooLong).isPositive();
  }

  /** Forty megabytes without a line break once were more than memory holds. */
  @Test
  void aFileWithoutLineBreaks_isOneRowThatIsTooLong() {
    var endless =
        new InputStream() {
          private long left = 64L << 20;

          @Override
          public int read() {
            return left-- > 0 ? '1' : -1;
          }
        };
    try (var rows = BoundedRows.of(endless, BoundedRows.MOST_BYTES)) {
      assertThat(rows.toList()).containsExactly(BoundedRows.TOO_LONG);
    }
  }

  @Test
  void aRowThatIsTooLong_isNoMeasurement_andTheNextOneIs() throws IOException {
    Path file = directory.resolve("long.csv");
    Files.writeString(file, "1" + " ".repeat(BoundedRows.MOST_BYTES) + "\n0\n");
    var count = new Measurements(new VdafConfiguration.Count());
    try (var reading = SourceFile.of(file).read(Long.MAX_VALUE)) {
      var rows = Measurements.lines(reading).toList();
      assertThatThrownBy(() -> count.of(rows.getFirst()))
          .isInstanceOf(Measurements.BadRow.class)
          .hasMessage(RowFault.TOO_LONG.reason());
      assertThat(count.of(rows.getLast())).isNotNull();
      assertThat(rows).hasSize(2);
    }
  }
}

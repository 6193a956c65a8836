package dev.weir.cli.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.dap.task.VdafConfiguration;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasurementsTest {
  @TempDir private Path directory;

  @Test
  void fileOfASpreadsheet_isReadWithoutItsMark_andWhateverItsHeadingIsWrittenIn()
      throws IOException {
    assertLines(("\uFEFF" + "17\n5,6\n").getBytes(StandardCharsets.UTF_8), "17", "5,6");
    byte[] gbk = "天数\n17\n".getBytes(Charset.forName("GBK"));
    Path file = Files.write(directory.resolve("gbk.csv"), gbk);
    try (var reading = SourceFile.of(file).read(Long.MAX_VALUE)) {
      assertThat(Measurements.lines(reading).skip(1)).containsExactly("17");
    }
  }

  /**
   * A cell that is empty is no measurement: the row may be of another file, or of a wrong column.
   */
  @Test
  void rowWithEmptyCells_isNoMeasurement() {
    var histogram = new Measurements(new VdafConfiguration.Histogram(10, 3));
    assertThatCode(() -> histogram.of(" 3 ")).doesNotThrowAnyException();
    var vector = new Measurements(new VdafConfiguration.SumVec(3, 255, 3));
    assertThatCode(() -> vector.of("1 , 2,\t3")).doesNotThrowAnyException();
    for (String row : List.of("3,,", "3,", ",3", "", ",", "1,2,3,,", "1,,3")) {
      for (Measurements each : List.of(histogram, vector)) {
        assertThatThrownBy(() -> each.of(row))
            .isInstanceOf(Measurements.BadRow.class)
            .hasMessage(RowFault.NOT_INTEGERS.reason());
      }
    }
  }

  private void assertLines(byte[] content, String... expected) throws IOException {
    Path file = Files.write(directory.resolve("rows.csv"), content);
    try (var reading = SourceFile.of(file).read(Long.MAX_VALUE)) {
      assertThat(Measurements.lines(reading)).containsExactly(expected);
    }
  }
}

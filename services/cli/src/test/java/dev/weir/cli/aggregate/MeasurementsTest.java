package dev.weir.cli.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private void assertLines(byte[] content, String... expected) throws IOException {
    Path file = Files.write(directory.resolve("rows.csv"), content);
    try (var reading = SourceFile.of(file).read(Long.MAX_VALUE)) {
      assertThat(Measurements.lines(reading)).containsExactly(expected);
    }
  }
}

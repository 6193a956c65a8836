package dev.weir.cli.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DecimalRowTest {
  private static final DecimalRow THREE = new DecimalRow(3);

  private static void assertRefused(String row, RowFault fault) {
    assertThatThrownBy(() -> THREE.of(row))
        .as(row)
        .isInstanceOf(Measurements.BadRow.class)
        .hasMessage(fault.reason());
  }

  @Test
  void decimals_areReadAsTheyAreWritten() {
    assertThat(THREE.of(" -0.25, 1e-3 ,+7.")).containsExactly(-0.25, 0.001, 7.0);
    assertThat(THREE.of(".5,12,2.5E+2")).containsExactly(0.5, 12.0, 250.0);
    assertThat(new DecimalRow(1).of("0.1")).containsExactly(0.1);
  }

  @Test
  void wordsAndWhatIsTooLong_areNoDecimals() {
    for (String bad :
        List.of("NaN", "Infinity", "-inf", "1e400", "1e", ".", "", "0x1p3", "1d", "１", "1 2")) {
      assertRefused("0," + bad + ",0", RowFault.NOT_DECIMALS);
    }
    assertThat(THREE.of("0," + "9".repeat(64) + ",0")).hasSize(3);
    assertRefused("0," + "9".repeat(65) + ",0", RowFault.NOT_DECIMALS);
  }

  @Test
  void rowOfAnotherLength_isTold() {
    for (String bad : List.of("1,2", "1,2,3,4", "1,2,3,", "1;2;3", "1")) {
      assertRefused(bad, RowFault.WRONG_LENGTH);
    }
  }
}

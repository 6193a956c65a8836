package dev.weir.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.policy.product.MeasureBounds;
import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnDatasetTest {

  @ParameterizedTest
  @CsvSource({
    "30, 200, true, 30, 200",
    "-7, 1688, true, -100, 1700",
    "0.013, 0.877, false, 0.01, 0.88",
    "-3.25, -1.5, false, -3.3, -1.5",
    "1, 3, true, 1, 3"
  })
  void bounds_ofAProfile_areRoundedOutwardsAndAreBoundsOfAContract(
      BigDecimal least, BigDecimal most, boolean whole, BigDecimal lower, BigDecimal upper) {
    // when
    var bounds = OwnDataset.outwards(least, most, whole);
    // then
    assertThat(bounds.lower()).isEqualByComparingTo(lower).isLessThanOrEqualTo(least);
    assertThat(bounds.upper()).isEqualByComparingTo(upper).isGreaterThanOrEqualTo(most);
    assertThat(bounds.dependsOnData()).isTrue();
    // A contract refuses bounds that are no multiples of the granule.
    assertThat(new MeasureBounds(bounds.lower(), bounds.upper(), bounds.granule(), true).granule())
        .isPositive();
  }
}

package dev.weir.policy.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.compliance.Control;
import dev.weir.kernel.data.Column;
import dev.weir.kernel.data.ColumnRole;
import dev.weir.kernel.data.ColumnType;
import dev.weir.kernel.data.LegalClass;
import dev.weir.kernel.data.RecordSchema;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloorsTest {

  @Test
  @Control("RET-01")
  void floors_meetTheLongestOfTheirSources() {
    Floors floors = PolicyBundle.load().floors();
    assertThat(floors.logRetentionDays()).isGreaterThanOrEqualTo(184);
    assertThat(floors.personalRecordRetentionDays()).isGreaterThanOrEqualTo(3 * 365 + 1);
    assertThat(floors.maxAgreementDays()).isLessThanOrEqualTo(5 * 366);
  }

  @Test
  @Control("RET-01")
  void floorsBelowTheLaw_doNotLoad() {
    assertThatThrownBy(() -> new Floors(20, 179, 1096, 1096, 1827, 1096, 1, 1, 60))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Floors(1, 184, 1096, 1096, 1827, 1096, 1, 1, 60))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_OPEN,GENERAL,1,not-open",
    "CONDITIONAL,CORE,1,core-data",
    "UNCONDITIONAL,GENERAL,5,level-5",
    "CONDITIONAL,IMPORTANT,4,"
  })
  @Control("PRO-01")
  void prohibitedCategories_followOpennessClassAndLevel(
      String openness, LegalClass legalClass, int level, String category) {
    var column =
        new Column(
            "a", ColumnType.STRING, 0, true, ColumnRole.ORDINARY, legalClass, level, "a column");
    assertThat(
            PolicyBundle.load()
                .prohibited(new RecordSchema(List.of(column)), openness)
                .map(ProhibitedCategory::id))
        .isEqualTo(Optional.ofNullable(category));
  }
}

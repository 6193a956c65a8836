package dev.weir.intake.treatment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.intake.frame.Row;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.data.Column;
import dev.weir.kernel.data.ColumnRole;
import dev.weir.kernel.data.ColumnType;
import dev.weir.kernel.data.LegalClass;
import dev.weir.kernel.data.RecordSchema;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreatmentPlanTest {
  private static final RecordSchema SCHEMA =
      new RecordSchema(
          List.of(
              column("person", ColumnType.STRING, ColumnRole.PERSON_KEY),
              column("phone", ColumnType.STRING, ColumnRole.DIRECT_IDENTIFIER),
              column("age", ColumnType.INTEGER, ColumnRole.QUASI_IDENTIFIER),
              column("visit", ColumnType.DATE, ColumnRole.ORDINARY),
              column("work", ColumnType.STRING, ColumnRole.ORDINARY)));

  @TempDir Path directory;

  @Test
  void treat_appliesEveryTreatment() {
    var treated = new Row(5);

    plan(keys().open(LineageId.random())).treat(row(), treated);

    assertThat(treated.text(0)).hasSize(32).doesNotContain("p1");
    assertThat(treated.text(1)).isEqualTo("138******78");
    assertThat(treated.text(2)).isEqualTo("[30,40)");
    assertThat(treated.number(3)).isEqualTo(LocalDate.of(2026, 5, 1).toEpochDay());
    assertThat(treated.text(4)).isEqualTo("Government");
  }

  @Test
  void pseudonym_isStableWithinALineageAndDiffersBetweenLineages() {
    var lineage = LineageId.random();
    var first = new Row(5);
    var again = new Row(5);
    var other = new Row(5);

    plan(keys().open(lineage)).treat(row(), first);
    plan(keys().open(lineage)).treat(row(), again);
    plan(keys().open(LineageId.random())).treat(row(), other);

    assertThat(first.text(0)).isEqualTo(again.text(0)).isNotEqualTo(other.text(0));
  }

  @Test
  void plan_thatKeepsADirectIdentifier_isRefused() {
    assertThatThrownBy(() ->
            TreatmentCheck.check(
                SCHEMA, List.of(new ColumnTreatment("person", new Treatment.Pseudonym()))))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("direct identifier");
  }

  private FileLineageKeys keys() {
    return new FileLineageKeys(directory.resolve("keys"), new SecureRandom());
  }

  private static TreatmentPlan plan(LineageKey key) {
    return TreatmentPlan.of(
        SCHEMA,
        List.of(
            new ColumnTreatment("person", new Treatment.Pseudonym()),
            new ColumnTreatment("phone", new Treatment.Mask(3, 2)),
            new ColumnTreatment("age", new Treatment.Ranges(BigDecimal.TEN, BigDecimal.ZERO)),
            new ColumnTreatment(
                "visit", new Treatment.Truncate(Treatment.Unit.MONTH, Optional.empty())),
            new ColumnTreatment(
                "work",
                new Treatment.Hierarchy(List.of(List.of("State-gov", "Government", "*")), 1))),
        key);
  }

  private static Row row() {
    var row = new Row(5);
    row.begin(0);
    row.setText(0, "p1");
    row.setText(1, "13812345678");
    row.setNumber(2, 37);
    row.setNumber(3, LocalDate.of(2026, 5, 17).toEpochDay());
    row.setText(4, "State-gov");
    return row;
  }

  private static Column column(String name, ColumnType type, ColumnRole role) {
    return new Column(name, type, 0, true, role, LegalClass.GENERAL, 3, "");
  }
}

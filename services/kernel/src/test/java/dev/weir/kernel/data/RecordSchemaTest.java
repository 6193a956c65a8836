package dev.weir.kernel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordSchemaTest {

  @Test
  void levelAndClass_areTheHighestOfAnyColumn() {
    // given
    var schema =
        new RecordSchema(
            List.of(
                column("a", LegalClass.GENERAL, 4),
                column("b", LegalClass.IMPORTANT, 1),
                column("c", LegalClass.GENERAL, 2)));
    // then
    assertThat(schema.level()).isEqualTo(4);
    assertThat(schema.legalClass()).isEqualTo(LegalClass.IMPORTANT);
  }

  @Test
  void column_isFoundWhateverItsCase() {
    var schema = new RecordSchema(List.of(column("Origin", LegalClass.GENERAL, 1)));
    assertThat(schema.column("ORIGIN")).isPresent();
    assertThat(schema.column("origin_")).isEmpty();
  }

  @Test
  void schema_refusesColumnsThatDifferInCaseOnly() {
    assertThatThrownBy(() ->
            new RecordSchema(
                List.of(column("a", LegalClass.GENERAL, 1), column("A", LegalClass.GENERAL, 1))))
        .isInstanceOf(ProblemException.class);
  }

  @ParameterizedTest
  @CsvSource({"0,false", "1,true", "500,true", "501,false"})
  void schema_has1To500Columns(int columns, boolean accepted) {
    var list =
        IntStream.range(0, columns).mapToObj(i -> column("c" + i, LegalClass.GENERAL, 1)).toList();
    if (accepted) {
      assertThat(new RecordSchema(list).columns()).hasSize(columns);
    } else {
      assertThatThrownBy(() -> new RecordSchema(list)).isInstanceOf(ProblemException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 6})
  void column_withoutALevelIsUnclassified(int level) {
    assertThatThrownBy(() -> column("a", LegalClass.GENERAL, level))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type()).isEqualTo(ProblemType.UNCLASSIFIED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"延误", "delay", "_x1", "é"})
  void column_takesNamesOfAnyScript(String name) {
    assertThat(column(name, LegalClass.GENERAL, 1).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1a", "a b", "a\"b", "a;--", "a\u0000", "a\u202E"})
  void column_refusesNamesThatAreNotWords(String name) {
    assertThatThrownBy(() -> column(name, LegalClass.GENERAL, 1))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void column_nameEndsAt63Characters() {
    assertThat(column("a".repeat(63), LegalClass.GENERAL, 1).name()).hasSize(63);
    assertThatThrownBy(() -> column("a".repeat(64), LegalClass.GENERAL, 1))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void column_onlyADecimalHasAScale() {
    assertThat(scaled(ColumnType.DECIMAL, 18).scale()).isEqualTo(18);
    assertThatThrownBy(() -> scaled(ColumnType.DECIMAL, 19)).isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> scaled(ColumnType.DECIMAL, -1)).isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> scaled(ColumnType.INTEGER, 1)).isInstanceOf(ProblemException.class);
  }

  private static Column scaled(ColumnType type, int scale) {
    return new Column("a", type, scale, false, ColumnRole.ORDINARY, LegalClass.GENERAL, 1, "");
  }

  private static Column column(String name, LegalClass legalClass, int level) {
    return new Column(name, ColumnType.STRING, 0, true, ColumnRole.ORDINARY, legalClass, level, "");
  }
}

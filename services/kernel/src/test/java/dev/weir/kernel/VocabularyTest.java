package dev.weir.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("2027-01-01T00:00:00Z");

  @Test
  void conflict_holdsForAnyTwoAdministratorsAndForAnAdministratorWhoAudits() {
    var administrators = Set.of(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN);
    for (Role one : Role.values()) {
      for (Role other : Role.values()) {
        boolean bothAdministrate =
            one != other && administrators.contains(one) && administrators.contains(other);
        boolean auditsItself =
            (administrators.contains(one) && other == Role.AUDITOR)
                || (administrators.contains(other) && one == Role.AUDITOR);
        assertThat(Role.conflict(EnumSet.of(one, other)))
            .as("%s and %s", one, other)
            .isEqualTo(bothAdministrate || auditsItself);
      }
    }
    assertThat(Role.conflict(Set.of())).isFalse();
  }

  @Test
  void term_includesItsStartAndExcludesItsEnd() {
    var term = new Term(START, END);
    assertThat(term.contains(START)).isTrue();
    assertThat(term.contains(END.minusNanos(1))).isTrue();
    assertThat(term.contains(END)).isFalse();
    assertThat(term.contains(START.minusNanos(1))).isFalse();
    assertThatThrownBy(() -> new Term(START, START)).isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> new Term(END, START)).isInstanceOf(ProblemException.class);
  }

  @Test
  void interval_isClosedAndRefusesWhatIsNone() {
    var interval = new Interval(BigDecimal.ONE, BigDecimal.TWO, 0.95);
    assertThat(interval.contains(BigDecimal.ONE)).isTrue();
    assertThat(interval.contains(new BigDecimal("2.00"))).isTrue();
    assertThat(interval.contains(new BigDecimal("2.01"))).isFalse();
    assertThatThrownBy(() -> new Interval(BigDecimal.TWO, BigDecimal.ONE, 0.95))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 1.01, Double.NaN, Double.POSITIVE_INFINITY})
  void interval_refusesAConfidenceThatIsNoProbability(double confidence) {
    assertThatThrownBy(() -> new Interval(BigDecimal.ONE, BigDecimal.TWO, confidence))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1-1-1-1-1",
        "00000000-0000-0000-0000-00000000000",
        "00000000-0000-0000-0000-00000000000g",
        "{0000000-0000-0000-0000-00000000000}"
      })
  void ids_takeTheFullFormOfAUuidOnly(String text) {
    assertThatThrownBy(() -> ContractId.of(text))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST));
  }

  @Test
  void ids_areWrittenInLowerCaseAndReadBack() {
    var id = ContractId.of("0F8FAD5B-D9CB-469F-A165-70867728950E");
    assertThat(id).hasToString("0f8fad5b-d9cb-469f-a165-70867728950e");
    assertThat(ContractId.of(id.toString())).isEqualTo(id);
  }

  @Test
  void bilingual_speaksEitherLanguage() {
    var text = new Bilingual("堰", "weir");
    assertThat(text.in(Bilingual.Language.ZH)).isEqualTo("堰");
    assertThat(text.in(Bilingual.Language.EN)).isEqualTo("weir");
  }

  @Test
  void problemTypes_areNamedOnceAndCarryAnErrorStatus() {
    var types = EnumSet.allOf(ProblemType.class);
    assertThat(types).extracting(ProblemType::urn).doesNotHaveDuplicates();
    assertThat(types).extracting(ProblemType::title).doesNotHaveDuplicates();
    assertThat(types).allSatisfy(type -> assertThat(type.status()).isBetween(400, 503));
    assertThat(ProblemType.SQL_REFUSED.urn()).isEqualTo("urn:weir:problem:sql-refused");
  }
}

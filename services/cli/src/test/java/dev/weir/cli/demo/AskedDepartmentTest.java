package dev.weir.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.demo.Department.PersonKey;
import dev.weir.cli.demo.Field.Bounds;
import dev.weir.kernel.Bilingual.Language;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AskedDepartmentTest {
  private static final Bounds PROPOSAL =
      new Bounds(BigDecimal.ZERO, BigDecimal.TEN, BigDecimal.ONE, true);

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void bounds_whenEnterIsPressed_areTheProposalThatDependsOnTheData() {
    assertThat(asked("\n").bounds("age", PROPOSAL)).isEqualTo(PROPOSAL);
    assertThat(printed()).contains("[0 10 1]");
  }

  @Test
  void bounds_whenTyped_areDeclared() {
    // when
    var bounds = asked("-60 180\n").bounds("delay", PROPOSAL);
    // then
    assertThat(bounds)
        .isEqualTo(new Bounds(new BigDecimal("-60"), new BigDecimal("180"), BigDecimal.ONE, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ten", "5", "9 1", "0 1 0.3", "0 1 0", "0 1 1 1", "1e999999999999 2"})
  void bounds_whenNonsenseIsTyped_areAskedAgain(String nonsense) {
    // when
    var bounds = asked(nonsense + "\n0 1\n").bounds("x", PROPOSAL);
    // then
    assertThat(bounds.upper()).isEqualByComparingTo("1");
    assertThat(printed()).contains("once more");
  }

  @Test
  void answers_afterADot_areAllProposals() {
    // given
    var department = asked(".\n0 1\n");
    // then
    assertThat(department.bounds("x", PROPOSAL)).isEqualTo(PROPOSAL);
    assertThat(department.bounds("y", PROPOSAL)).isEqualTo(PROPOSAL);
    assertThat(department.keys("k")).isEmpty();
    assertThat(department.personKey(Optional.of("id"), List.of("id")))
        .contains(new PersonKey("id", 1, 4));
  }

  @Test
  void zone_isNeverGuessed() {
    assertThat(asked("\nMars\nAsia/Shanghai\n").zone(List.of("t")))
        .contains(ZoneId.of("Asia/Shanghai"));
    assertThat(asked(".\n").zone(List.of("t"))).isEmpty();
    assertThat(asked("").zone(List.of("t"))).isEmpty();
  }

  @Test
  void personKey_isAColumnOfTheFileOrNone() {
    assertThat(asked("nobody\nid\n3 2\n").personKey(Optional.empty(), List.of("id", "age")))
        .contains(new PersonKey("id", 2, 3));
    assertThat(asked("-\n").personKey(Optional.of("id"), List.of("id"))).isEmpty();
  }

  @Test
  void keys_areSeparatedByCommasOfEitherLanguage() {
    assertThat(asked("东城，西城, 南城\n").keys("区")).containsExactly("东城", "西城", "南城");
    assertThat(asked("a,,b\na,b\n").keys("k")).containsExactly("a", "b");
    assertThat(asked("-\n").keys("k")).isEmpty();
  }

  private AskedDepartment asked(String typed) {
    var in = new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8));
    var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    return new AskedDepartment(
        new Interview(in, out, Language.EN), new ActingDepartment(Optional.empty()));
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}

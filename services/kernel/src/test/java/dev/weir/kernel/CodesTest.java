package dev.weir.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The codes of NDI-TR-2025-04 §4: resources, products, connectors, contracts. */
class CodesTest {
  private static final CreditCode SUBJECT = CreditCode.of("91350100M000100Y43");
  private static final Instant NOON_IN_CHINA = Instant.parse("2026-11-22T04:00:00Z");
  private final SecureRandom random = new SecureRandom();

  @ParameterizedTest
  @EnumSource(IdentificationCode.Type.class)
  void assign_makesACodeThatReadsBack(IdentificationCode.Type type) {
    // when
    var code = IdentificationCode.assign(type, SUBJECT, "3301", random);
    // then
    assertThat(IdentificationCode.of(code.value())).isEqualTo(code);
    assertThat(code.value())
        .hasSize(IdentificationCode.LENGTH)
        .startsWith((type.ordinal() + 1) + SUBJECT.value() + "3301");
  }

  @Test
  void assign_drawsItsRandomPartAnew() {
    var codes = new HashSet<IdentificationCode>();
    for (int i = 0; i < 1_000; i++) {
      codes.add(
          IdentificationCode.assign(IdentificationCode.Type.RESOURCE, SUBJECT, "3301", random));
    }
    // false alarm: 1000² / 2 · 36⁻⁸ < 2·10⁻⁷
    assertThat(codes).hasSize(1_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "330", "33011", "33O1", "３301"})
  void assign_refusesAnAreaThatIsNotFourDigits(String area) {
    assertThatThrownBy(
            () -> IdentificationCode.assign(IdentificationCode.Type.PRODUCT, SUBJECT, area, random))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void identificationCode_refusesAForeignTypeSubjectOrLength() {
    assertRefused(checked("0" + SUBJECT + "330100000001"));
    assertRefused(checked("8" + SUBJECT + "330100000001"));
    assertRefused(checked("7" + "91350100M000100Y44" + "330100000001"));
    assertRefused(checked("7" + SUBJECT + "33010000001"));
    assertThat(IdentificationCode.of(checked("7" + SUBJECT + "330100000001"))).isNotNull();
  }

  private static String checked(String body) {
    return body + CheckCharacter.of(body);
  }

  private static void assertRefused(String code) {
    assertThatThrownBy(() -> IdentificationCode.of(code))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type()).isEqualTo(ProblemType.VALIDATION_FAILED));
  }

  @Test
  void contractCode_carriesTheTimeOfChinaAndReadsBack() {
    // when
    var code = ContractCode.assign(9, SUBJECT, "3301", NOON_IN_CHINA, random);
    // then
    assertThat(code.value())
        .hasSize(ContractCode.LENGTH)
        .startsWith("C9" + SUBJECT.value() + "3301" + "20261122120000");
    assertThat(ContractCode.of(code.value())).isEqualTo(code);
  }

  @Test
  void contractCode_refusesAForeignMarkNodeTypeAreaOrTime() {
    String tail = SUBJECT + "3301" + "20261122120000" + "00000001";
    assertThat(ContractCode.of(checked("C1" + tail))).isNotNull();
    assertThatThrownBy(() -> ContractCode.of(checked("D1" + tail)))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> ContractCode.of(checked("CX" + tail)))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> ContractCode.of(checked("C1" + tail.replace("3301", "33A1"))))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> ContractCode.of(checked("C1" + tail.replace("20261122", "2026112Z"))))
        .isInstanceOf(ProblemException.class);
  }
}

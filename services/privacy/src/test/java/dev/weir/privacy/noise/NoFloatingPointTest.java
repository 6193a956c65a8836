package dev.weir.privacy.noise;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasParameterTypes.Predicates.rawParameterTypes;
import static com.tngtech.archunit.core.domain.properties.HasReturnType.Predicates.rawReturnType;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Nothing in the noise package computes with floating-point numbers or seeds itself. */
class NoFloatingPointTest {
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "\\b(double|float|Double|Float|BigDecimal|StrictMath|ThreadLocalRandom)\\b"
              + "|Math\\.(log|exp|sqrt|pow|random|round|floor|ceil)\\b"
              + "|new (Secure)?Random\\(|\\b\\d+\\.\\d+[fd]?\\b|nextGaussian");

  private static final Path CLASSES = Path.of("target/classes/dev/weir/privacy/noise");

  /** DADD, FCONST_0, I2D, F2L, DCMPG, DALOAD and all their kin. */
  private static final Pattern FLOATING_OPCODE =
      Pattern.compile(
          "^[DF](ADD|SUB|MUL|DIV|REM|NEG|CONST|CMP|LOAD|STORE|ALOAD|ASTORE|RETURN|2)|2[DF]$");

  private static final DescribedPredicate<JavaClass> FLOATING =
      DescribedPredicate.describe(
          "floating-point types",
          type ->
              List.of("double", "float", "java.lang.Double", "java.lang.Float")
                  .contains(type.getName()));

  @Test
  void sources_computeWithIntegersOnly() throws IOException {
    try (var files = Files.list(Path.of("src/main/java/dev/weir/privacy/noise"))) {
      var sources = files.toList();
      assertThat(sources).hasSizeGreaterThan(6);
      for (var source : sources) {
        assertThat(FORBIDDEN.matcher(code(source)).results().map(r -> r.group()))
            .as(source.toString())
            .isEmpty();
      }
    }
  }

  @Test
  void classes_nameNoFloatingPointTypeAndCallNothingThatTakesOne() {
    var noise = new ClassFileImporter().importPath(CLASSES);
    assertThat(noise).hasSizeGreaterThan(6);
    noClasses()
        .should()
        .dependOnClassesThat(FLOATING)
        .orShould()
        .callCodeUnitWhere(
            target(rawReturnType(FLOATING)).or(target(rawParameterTypes(anyElementThat(FLOATING)))))
        .check(noise);
  }

  @Test
  void instructions_neverTouchAFloatingPointRegister() throws IOException {
    int seen = 0;
    try (var files = Files.list(CLASSES)) {
      for (Path file : files.toList()) {
        seen += integerInstructions(file);
      }
    }
    assertThat(seen).isGreaterThan(500);
  }

  @Test
  void instructionCheck_findsFloatingPointWhereItIs() {
    var accountant = CLASSES.resolveSibling("account").resolve("EpsilonDelta.class");
    assertThatThrownBy(() -> integerInstructions(accountant)).isInstanceOf(AssertionError.class);
  }

  private static int integerInstructions(Path file) throws IOException {
    int seen = 0;
    for (var method : ClassFile.of().parse(file).methods()) {
      for (var element : method.code().map(CodeModel::elementList).orElse(List.of())) {
        if (element instanceof Instruction instruction) {
          assertThat(FLOATING_OPCODE.matcher(instruction.opcode().name()).find())
              .as("%s %s %s", file.getFileName(), method.methodName(), instruction)
              .isFalse();
          seen++;
        }
      }
    }
    return seen;
  }

  @Test
  void pattern_findsWhatItForbids() {
    assertThat(FORBIDDEN.matcher("return Math.log(u) * s;").find()).isTrue();
    assertThat(FORBIDDEN.matcher("double x = 1;").find()).isTrue();
  }

  private static String code(Path source) throws IOException {
    return Files.readString(source).replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("//[^\n]*", "");
  }
}

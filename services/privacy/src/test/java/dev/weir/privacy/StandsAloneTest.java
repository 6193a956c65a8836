package dev.weir.privacy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The library needs the JDK alone; annotations for nullness vanish at run time. */
class StandsAloneTest {
  @Test
  void library_dependsOnTheJdkOnly() {
    var library = new ClassFileImporter().importPath(Path.of("target", "classes"));
    assertThat(library).hasSizeGreaterThan(90);
    check(library);
  }

  @Test
  void aDependency_isFoundWhereThereIsOne() {
    var tests = new ClassFileImporter().importClasses(StandsAloneTest.class);
    assertThatThrownBy(() -> check(tests)).isInstanceOf(AssertionError.class);
  }

  private static void check(JavaClasses library) {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "javax.crypto..", "org.jspecify..", "dev.weir.privacy..")
        .check(library);
  }
}

package dev.weir.acceptance.shape;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.weir.runtime.http.Public;
import dev.weir.runtime.http.Requires;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The arrows of the tree, where technology may show, and that no endpoint or permit is unguarded.
 */
class TreeShapeTest {
  private static final JavaClasses WEIR =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.weir");

  private static final List<String> SERVICES =
      List.of("space", "intake", "query", "audit", "aggregation");

  /** What each pure module may stand on besides the JDK and itself. */
  private static final Map<String, List<String>> PURE =
      Map.of(
          "kernel", List.of(),
          "policy", List.of("kernel", "compliance"),
          "privacy", List.of("kernel"),
          "dap", List.of("kernel", "privacy"),
          "schemas", List.of(),
          "runtime", List.of("kernel", "policy", "schemas", "compliance"));

  /**
   * Which class names may import which technology; an application puts the parts together and may
   * name them all.
   */
  private static final Map<String, String> TECHNOLOGY =
      Map.of(
          "org.duckdb..", ".*DuckDb.*",
          "org.apache.kafka..", ".*Kafka.*",
          "org.jdbi..", ".*Postgres.*",
          "org.postgresql..", ".*Postgres.*",
          "java.net.http..", ".*(Http|Keycloak).*");

  @TestFactory
  Stream<DynamicTest> aServiceNeverReachesIntoAnother() {
    return SERVICES.stream()
        .map(service ->
            test(
                service,
                noClasses()
                    .that()
                    .resideInAPackage("dev.weir." + service + "..")
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(others(service)))));
  }

  @TestFactory
  Stream<DynamicTest> aFoundationStandsOnlyOnWhatLiesBelow() {
    return PURE.entrySet().stream()
        .map(module ->
            test(
                module.getKey(),
                noClasses()
                    .that()
                    .resideInAPackage("dev.weir." + module.getKey() + "..")
                    .should()
                    .dependOnClassesThat(weirOutside(module.getKey(), module.getValue()))));
  }

  @TestFactory
  Stream<DynamicTest> technologyShowsInTheClassName() {
    return TECHNOLOGY.entrySet().stream()
        .map(entry ->
            test(
                entry.getKey(),
                noClasses()
                    .that(inAService())
                    .and(notNamed(entry.getValue() + "|.*Application"))
                    .should()
                    .dependOnClassesThat(technology(entry.getKey()))));
  }

  /** Encryption needs nothing of ours, and only queries, and the command that names it, need it. */
  @Test
  void onlyQueriesReachEncryption() {
    noClasses()
        .that()
        .resideInAPackage("dev.weir.he..")
        .should()
        .dependOnClassesThat(weirOutside("he", List.of()))
        .check(WEIR);
    noClasses()
        .that(inWeir())
        .and(notIn(List.of("he", "query", "cli", "benchmarks")))
        .should()
        .dependOnClassesThat(inPackage("he"))
        .check(WEIR);
    assertThat(WEIR.stream().anyMatch(inPackage("he"))).isTrue();
  }

  @Test
  void onlyResourcesSpeakJaxRs() {
    noClasses()
        .that(inAService())
        .and(notNamed(".*Resource"))
        .should()
        .dependOnClassesThat(resideInAPackage("jakarta.ws.rs.."))
        .check(WEIR);
  }

  @Test
  void everyEndpointNamesItsOperationOrSaysWhyItIsPublic() {
    methods()
        .that()
        .areAnnotatedWith(GET.class)
        .or()
        .areAnnotatedWith(POST.class)
        .or()
        .areAnnotatedWith(PUT.class)
        .or()
        .areAnnotatedWith(DELETE.class)
        .should()
        .beAnnotatedWith(Requires.class)
        .orShould()
        .beAnnotatedWith(Public.class)
        .check(WEIR);
  }

  @Test
  void onlyThePolicyEngineMakesPermits() {
    constructors()
        .that()
        .areDeclaredInClassesThat()
        .haveFullyQualifiedName("dev.weir.policy.usage.Permit")
        .should()
        .bePackagePrivate()
        .orShould()
        .bePrivate()
        .check(WEIR);
  }

  @Test
  void thereAreNoImplsManagersOrUtils() {
    noClasses()
        .that(inWeir())
        .should()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .check(WEIR);
  }

  @Test
  void theRulesSeeTheWholeTree() {
    var seen = new ArrayList<String>(SERVICES);
    seen.addAll(PURE.keySet());
    assertThat(seen)
        .allSatisfy(module -> assertThat(WEIR.stream().anyMatch(inPackage(module))).isTrue());
    classes().that(inAService()).should().resideInAPackage("dev.weir..").check(WEIR);
  }

  private static DynamicTest test(String name, ArchRule rule) {
    return DynamicTest.dynamicTest(name, () -> rule.allowEmptyShould(true).check(WEIR));
  }

  private static String[] others(String service) {
    return SERVICES.stream()
        .filter(other -> !other.equals(service))
        .map(other -> "dev.weir." + other + "..")
        .toArray(String[]::new);
  }

  private static DescribedPredicate<JavaClass> weirOutside(String module, List<String> allowed) {
    return DescribedPredicate.describe(
        "of Weir outside " + module + " and " + allowed,
        type ->
            type.getPackageName().startsWith("dev.weir.")
                && !inPackage(module).test(type)
                && allowed.stream().noneMatch(name -> inPackage(name).test(type)));
  }

  private static DescribedPredicate<JavaClass> notIn(List<String> modules) {
    return DescribedPredicate.describe(
        "not in " + modules,
        type -> modules.stream().noneMatch(module -> inPackage(module).test(type)));
  }

  private static DescribedPredicate<JavaClass> inAService() {
    return DescribedPredicate.describe(
        "in a service",
        type -> SERVICES.stream().anyMatch(service -> inPackage(service).test(type)));
  }

  private static DescribedPredicate<JavaClass> inWeir() {
    return DescribedPredicate.describe(
        "of Weir", type -> type.getPackageName().startsWith("dev.weir."));
  }

  /** A transaction's handle may pass through ports: it is what makes two writes one. */
  private static DescribedPredicate<JavaClass> technology(String packages) {
    return resideInAPackage(packages).and(DescribedPredicate.not(type("org.jdbi.v3.core.Handle")));
  }

  private static DescribedPredicate<JavaClass> type(String name) {
    return DescribedPredicate.describe(name, candidate -> candidate.getName().equals(name));
  }

  private static DescribedPredicate<JavaClass> notNamed(String pattern) {
    return DescribedPredicate.describe(
        "not named " + pattern, type -> !outermost(type).getSimpleName().matches(pattern));
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(TreeShapeTest::outermost).orElse(type);
  }

  private static DescribedPredicate<JavaClass> inPackage(String module) {
    return DescribedPredicate.describe(
        "in " + module,
        type ->
            type.getPackageName().equals("dev.weir." + module)
                || type.getPackageName().startsWith("dev.weir." + module + "."));
  }
}

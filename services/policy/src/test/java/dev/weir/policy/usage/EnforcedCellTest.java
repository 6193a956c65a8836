package dev.weir.policy.usage;

import static dev.weir.policy.usage.Cases.MINUTE;
import static dev.weir.policy.usage.Cases.NOW;
import static dev.weir.policy.usage.Cases.constraint;
import static dev.weir.policy.usage.Cases.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.compliance.Control;
import dev.weir.kernel.ProductId;
import dev.weir.policy.contract.Rule;
import dev.weir.policy.enforcement.EnforcementTable;
import dev.weir.policy.request.UsageRequest;
import dev.weir.policy.request.UseCounts;
import dev.weir.policy.term.Action;
import dev.weir.policy.term.ConstraintName;
import dev.weir.policy.term.Operator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One allowing and one denying use for every enforced cell; every other cell refuses to load. */
@Control("USE-02")
class EnforcedCellTest {
  /** Values that hold for the standard request, and values that do not. */
  private record Sample(List<String> allows, List<String> denies) {}

  private static final Map<String, Sample> SAMPLES =
      Map.ofEntries(
          sample("time gt", "2026-06-15T02:29:59Z", "2026-06-15T02:30:00Z"),
          sample("time gteq", "20260615103000", "2026-06-15T02:30:00.000000001Z"),
          sample("time lt", "2026-06-15T10:30:01+08:00", "2026-06-15T10:30:00+08:00"),
          sample("time lteq", "2026-06-15T02:30:00Z", "2026-06-15T02:29:59Z"),
          sample("timeWindow eq", "10:00-11:00 Asia/Shanghai", "09:00-10:30 Asia/Shanghai"),
          sample("timeWindow neq", "10:00-11:00 UTC", "10:00-11:00 Asia/Shanghai"),
          sample("timeWindow isAnyOf", "MON 00:00-24:00 Asia/Shanghai", "TUE-SUN 00:00-24:00 UTC"),
          sample("timeWindow isNoneOf", "SAT,SUN 00:00-24:00 UTC", "SUN-FRI 22:00-04:00 UTC"),
          sample(
              "timeWindow isPartOf",
              "2026-06-01T00:00:00Z/2026-07-01T00:00:00Z",
              "2026-07-01T00:00:00Z/2026-08-01T00:00:00Z"),
          sample("region eq", "330106", "330100"),
          sample("region neq", "330100", "330106"),
          sample("region isAnyOf", "330106|310000", "330100|310000"),
          sample("region isNoneOf", "310101", "330106|310101"),
          sample("region isPartOf", "330100|310000", "310000|3302"),
          sample("networkAddress eq", "10.1.2.3", "10.1.2.4"),
          sample("networkAddress neq", "10.1.2.4", "10.1.2.3"),
          sample("networkAddress isAnyOf", "10.1.2.3|::1", "10.1.2.2|::1"),
          sample("networkAddress isNoneOf", "10.2.0.0/16", "10.0.0.0/8"),
          sample("networkAddress isPartOf", "10.1.0.0/16", "fd00::/8"),
          sample("count gt", "4", "5"),
          sample("count gteq", "5", "6"),
          sample("count lt", "6", "5"),
          sample("count lteq", "5", "4"),
          sample("frequency gt", "1/PT1M", "2/PT1M"),
          sample("frequency gteq", "2/PT1M", "3/PT1M"),
          sample("frequency lt", "3/PT1M", "2/PT1M"),
          sample("frequency lteq", "2/PT1M", "1/PT1M"),
          sample("dataField eq", "delay", "origin"),
          sample("dataField neq", "origin", "delay"),
          sample("dataField isAnyOf", "DELAY|origin", "origin"),
          sample("dataField isNoneOf", "origin", "origin|delay"),
          sample("dataField isPartOf", "origin|delay", "origin|tail"),
          sample("application eq", "builder-analyst", "other"),
          sample("application neq", "other", "builder-analyst"),
          sample("application isAnyOf", "other|builder-analyst", "other"),
          sample("application isNoneOf", "other", "other|builder-analyst"),
          sample("algorithm hasPart", "sum", "sum|quantile"),
          sample("algorithm isAllOf", "sum|count", "sum"),
          sample("algorithm isNoneOf", "quantile", "sum"),
          sample("algorithm isPartOf", "sum|count|quantile", "sum"),
          sample("executionEnv eq", "01", "05"),
          sample("executionEnv neq", "05", "01"),
          sample("executionEnv isAnyOf", "01|05", "05"),
          sample("executionEnv isNoneOf", "05", "01|05"),
          sample("encryptMode eq", "01", "02"),
          sample("encryptMode neq", "02", "01"),
          sample("encryptMode isAnyOf", "01|02", "02"),
          sample("encryptMode isNoneOf", "02", "01"),
          sample("deliveryMethod eq", "03", "01"),
          sample("deliveryMethod neq", "01", "03"),
          sample("deliveryMethod isAnyOf", "03|01", "01"),
          sample("deliveryMethod isNoneOf", "01", "03"),
          sample("payAmount gt", "99", "100"),
          sample("payAmount gteq", "100", "101"),
          sample("payAmount lt", "101", "100"),
          sample("payAmount lteq", "100", "99"),
          sample("expansionItem eq", "delay-research", "teaching"),
          sample("expansionItem neq", "teaching", "delay-research"),
          sample("expansionItem isAnyOf", "teaching|delay-research", "teaching"),
          sample("expansionItem isNoneOf", "teaching", "delay-research"));

  private static Map.Entry<String, Sample> sample(String cell, String allows, String denies) {
    return Map.entry(cell, new Sample(List.of(allows.split("\\|")), List.of(denies.split("\\|"))));
  }

  static Stream<Arguments> cells() {
    return EnforcementTable.ofThisEngine().actions().entrySet().stream()
        .flatMap(action ->
            action.getValue().entrySet().stream()
                .flatMap(constraint ->
                    constraint.getValue().stream()
                        .map(operator ->
                            Arguments.of(action.getKey(), constraint.getKey(), operator))));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("cells")
  void enforcedCell_allowsAndDenies(String action, String name, String operator) {
    // given
    Sample sample = SAMPLES.get(name + " " + operator);
    assertThat(sample).as("a sample for the cell").isNotNull();
    // then
    assertThat(use(action, name, operator, sample.allows()).result()).isEqualTo("allow");
    assertThat(use(action, name, operator, sample.denies()).result()).isEqualTo("default-deny");
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("cells")
  void enforcedCell_whenProhibited_denies(String action, String name, String operator) {
    Sample sample = SAMPLES.get(name + " " + operator);
    var constraint = constraint(name, operator, sample.allows().toArray(String[]::new));
    var decision =
        UsageControl.decide(
            request(action),
            PolicyLoader.check(
                Cases.contract(
                    rule("p", Rule.Kind.PERMISSION, action, List.of(), List.of()),
                    rule("n", Rule.Kind.PROHIBITION, action, List.of(constraint), List.of())),
                Cases.BUNDLE),
            Cases.inForce(),
            Cases.BUNDLE);
    // then
    assertThat(decision.result()).isEqualTo("deny");
    assertThat(decision.ruleId()).isEqualTo("prohibition");
  }

  @Test
  void everyOtherCell_refusesToLoad() {
    for (Action action : Action.values()) {
      for (ConstraintName name : ConstraintName.values()) {
        for (Operator operator : Operator.values()) {
          if (!Cases.BUNDLE.enforcement().enforces(action, name, operator)) {
            assertThat(
                    PolicyLoader.check(
                        Cases.contract(
                            rule(
                                "p",
                                Rule.Kind.PERMISSION,
                                action.standardName(),
                                List.of(
                                    constraint(name.standardName(), operator.standardName(), "1")),
                                List.of())),
                        Cases.BUNDLE))
                .as("%s %s %s", action, name, operator)
                .isInstanceOf(RefusedContract.class);
          }
        }
      }
    }
  }

  private static UsageDecision use(
      String action, String name, String operator, List<String> values) {
    var constraint = constraint(name, operator, values.toArray(String[]::new));
    return UsageControl.decide(
        request(action),
        PolicyLoader.check(
            Cases.contract(
                rule("p", Rule.Kind.PERMISSION, action, List.of(constraint), List.of()),
                other(action)),
            Cases.BUNDLE),
        Cases.inForce(),
        Cases.BUNDLE);
  }

  /** Lets the uses happen that some constraints wait for. */
  private static Rule other(String action) {
    String another = action.equals("read") ? "compute" : "read";
    return rule("other", Rule.Kind.PERMISSION, another, List.of(), List.of());
  }

  private static UsageRequest request(String action) {
    var request = Cases.request(Cases.environment(NOW, Cases.channel()), "delay");
    Map<ProductId, UseCounts> counted = request.environment().uses();
    assertThat(counted.get(Cases.FLIGHTS).within()).containsKey(MINUTE);
    return new UsageRequest(
        request.subject(),
        Action.find(action).orElseThrow(),
        request.object(),
        request.environment());
  }
}

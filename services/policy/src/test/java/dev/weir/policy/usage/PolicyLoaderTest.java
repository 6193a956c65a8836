package dev.weir.policy.usage;

import static dev.weir.policy.usage.Cases.BUNDLE;
import static dev.weir.policy.usage.Cases.constraint;
import static dev.weir.policy.usage.Cases.contract;
import static dev.weir.policy.usage.Cases.forbid;
import static dev.weir.policy.usage.Cases.permit;
import static dev.weir.policy.usage.Cases.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.compliance.Control;
import dev.weir.kernel.Term;
import dev.weir.policy.contract.Constraint;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.policy.contract.Duty;
import dev.weir.policy.contract.Rule;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyLoaderTest {

  @ParameterizedTest
  @CsvSource({
    "colour,eq,blue,unknown-constraint",
    "count,xor,1,unknown-operator",
    "count,13,1,unknown-operator",
    "count,eq,1,unobservable-constraint",
    "physicalAddress,eq,a,unobservable-constraint",
    "dateRecord,lteq,5,unobservable-constraint",
    "dataRecord,lteq,5,unobservable-constraint",
    "valueExpression,eq,x,unobservable-constraint",
    "time,lt,2026-06-01T00:00:00,bad-value",
    "time,lt,20260230000000,bad-value",
    "timeWindow,eq,08:00-08:00 Asia/Shanghai,bad-value",
    "timeWindow,eq,08:00-18:00,bad-value",
    "timeWindow,eq,08:00-18:00 Mars/Base,bad-value",
    "networkAddress,eq,localhost,bad-value",
    "networkAddress,isPartOf,10.1.2.3/8,bad-value",
    "networkAddress,isPartOf,10.0.0.0/33,bad-value",
    "region,eq,33,bad-value",
    "region,isPartOf,000000,bad-value",
    "count,lteq,-1,bad-value",
    "count,lteq,9999999999999999999,bad-value",
    "frequency,lteq,5/PT0S,bad-value",
    "frequency,lteq,5/P1Y,bad-value",
    "executionEnv,eq,08,bad-value",
    "dataField,eq,nowhere,unknown-column",
    "count,lt,1,impossible-rule",
    "count,gt,3,impossible-rule",
    "frequency,gt,1/P1D,impossible-rule",
    "time,lt,2026-01-01T00:00:00Z,impossible-rule",
    "expansionItem,eq,marketing,impossible-rule",
    "expansionItem,isNoneOf,delay-research,impossible-rule"
  })
  @Control("USE-02")
  void constraintThatCannotBeEnforced_refusesTheContract(
      String name, String operator, String value, String finding) {
    var policy =
        PolicyLoader.check(contract(permit("r1", constraint(name, operator, value))), BUNDLE);
    assertThat(policy).isInstanceOf(RefusedContract.class);
    assertThat(policy.findings().getFirst().rule().id()).isEqualTo(finding);
    assertThat(policy.findings().getFirst().where()).startsWith("r1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "use", "Compute", "sell", "plicyTransmit", "policyTransmit"})
  @Control("USE-02")
  void actionThatCannotBeEnforced_refusesTheContract_andEveryUseIsDenied(String action) {
    var policy =
        PolicyLoader.check(
            contract(permit("r1"), rule("r2", Rule.Kind.PROHIBITION, action, List.of(), List.of())),
            BUNDLE);
    assertThat(policy).isInstanceOf(RefusedContract.class);
    assertThat(
            UsageControl.decide(Cases.request("delay"), policy, Cases.inForce(), BUNDLE).ruleId())
        .isEqualTo("policy-refused");
  }

  @Test
  @Control("USE-02")
  void contradictions_areFoundAtLoad() {
    assertThat(
            ids(
                permit(
                    "r1",
                    constraint("time", "gt", "2026-05-01T00:00:00Z"),
                    constraint("time", "lt", "2026-05-01T00:00:00Z"))))
        .containsExactly("impossible-rule");
    assertThat(ids(permit("r1", constraint("count", "gt", "5"), constraint("count", "lt", "6"))))
        .containsExactly("impossible-rule");
    assertThat(
            ids(
                permit(
                    "r1",
                    constraint("executionEnv", "eq", "01"),
                    constraint("executionEnv", "neq", "01"))))
        .containsExactly("impossible-rule");
    assertThat(ids(permit("r1"), permit("r1"))).contains("duplicate-rule");
  }

  @Test
  @Control("USE-02")
  void permissionThatWaitsForUses_needsOthersThatLetThemHappen() {
    var first = permit("r1", constraint("count", "lteq", "3"));
    assertThat(ids(first, permit("r2", constraint("count", "gt", "3")))).isEmpty();
    assertThat(ids(first, permit("r2", constraint("count", "gt", "4"))))
        .containsExactly("impossible-rule");
    assertThat(
            ids(
                permit("r3", constraint("count", "gt", "6")),
                permit("r2", constraint("count", "gt", "3"), constraint("count", "lt", "7")),
                first))
        .isEmpty();
    assertThat(ids(permit("r1"), permit("r2", constraint("count", "gt", "3")))).isEmpty();
  }

  @Test
  @Control("USE-02")
  void prohibitionOverAPermission_isRefusedWhenItCoversAll_andNotedWhenItOverlaps() {
    var origin = constraint("dataField", "eq", "origin");
    assertThat(ids(permit("r1", origin), forbid("r2"))).containsExactly("shadowed-permission");
    assertThat(ids(permit("r1"), forbid("r2", origin))).containsExactly("overlap");
    assertThat(ids(permit("r1", constraint("dataField", "eq", "delay")), forbid("r2", origin)))
        .isEmpty();
    assertThat(PolicyLoader.check(contract(permit("r1"), forbid("r2", origin)), BUNDLE))
        .isInstanceOf(CheckedContract.class);
  }

  @Test
  @Control("USE-09")
  void dutyThatNobodyCanCarryOut_refusesTheContract() {
    assertThat(
            ids(
                rule(
                    "r1",
                    Rule.Kind.PERMISSION,
                    "compute",
                    List.of(),
                    List.of(new Duty("compensate", List.of())))))
        .containsExactly("unobservable-duty");
    assertThat(
            ids(
                rule(
                    "r1",
                    Rule.Kind.PERMISSION,
                    "compute",
                    List.of(),
                    List.of(new Duty("delete", List.of())))))
        .containsExactly("unobservable-duty");
    assertThat(ids(permit("r1"), rule("r2", Rule.Kind.OBLIGATION, "juggle", List.of(), List.of())))
        .containsExactly("unknown-action");
  }

  @Test
  @Control("USE-10")
  void floorsOfTheBundle_holdForEveryContract() {
    assertThat(findings(contract(19, List.of(permit("r1"))))).containsExactly("min-group");
    assertThat(findings(contract(20, List.of(permit("r1"))))).isEmpty();
    assertThat(ids()).containsExactly("no-permission");
  }

  @Test
  @Control("USE-06")
  void contractOutsideItsDomain_isRefused() {
    var terms = contract(permit("r1"));
    assertThat(PolicyLoader.check(terms, Cases.domain(3, 100, Cases.TERM), BUNDLE))
        .isInstanceOf(CheckedContract.class);
    var shorter = new Term(Cases.TERM.from(), Instant.parse("2026-12-31T00:00:00Z"));
    assertThat(
            PolicyLoader.check(terms, Cases.domain(0, 99, shorter), BUNDLE).findings().stream()
                .map(f -> f.rule().id()))
        .containsExactly("outside-domain", "fee-ceiling", "level-ceiling");
  }

  @Test
  @Control("USE-11")
  void aliasesOfTheStandardsTypos_areReadAndItsSpellingIsWritten() {
    var written =
        rule(
            "r1",
            Rule.Kind.PERMISSION,
            "policyTransmit",
            List.of(new Constraint("dataRecord", "lteq", List.of("5"), "")),
            List.of());
    var rule = StandardSpelling.of(contract(written)).rules().getFirst();
    assertThat(rule.action()).isEqualTo("plicyTransmit");
    assertThat(rule.constraints().getFirst().name()).isEqualTo("dateRecord");
    assertThat(rule.constraints().getFirst().operator()).isEqualTo("11");
  }

  private static List<String> ids(Rule... rules) {
    return findings(contract(rules));
  }

  private static List<String> findings(ContractTerms terms) {
    return PolicyLoader.check(terms, BUNDLE).findings().stream().map(f -> f.rule().id()).toList();
  }
}

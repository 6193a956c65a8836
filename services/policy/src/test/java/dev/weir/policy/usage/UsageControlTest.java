package dev.weir.policy.usage;

import static dev.weir.policy.usage.Cases.FLIGHTS;
import static dev.weir.policy.usage.Cases.NOW;
import static dev.weir.policy.usage.Cases.constraint;
import static dev.weir.policy.usage.Cases.decide;
import static dev.weir.policy.usage.Cases.forbid;
import static dev.weir.policy.usage.Cases.permit;
import static dev.weir.policy.usage.Cases.request;
import static dev.weir.policy.usage.Cases.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.compliance.Control;
import dev.weir.kernel.Role;
import dev.weir.policy.contract.Duty;
import dev.weir.policy.contract.Rule;
import dev.weir.policy.decision.Obligation;
import dev.weir.policy.decision.Recheck;
import dev.weir.policy.request.Channel;
import dev.weir.policy.request.Environment;
import dev.weir.policy.request.Subject;
import dev.weir.policy.request.UsageRequest;
import dev.weir.policy.request.UseCounts;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UsageControlTest {

  @Test
  @Control("USE-04")
  void permittedUse_isAllowedWithAPermitThatNamesItAndExpires() {
    // when
    var decision = (UsageDecision.Allow) decide(request("delay"), permit("r1"));
    // then
    var permit = decision.permit();
    assertThat(permit.contract()).isEqualTo(Cases.CONTRACT);
    assertThat(permit.party()).isEqualTo(Cases.USER);
    assertThat(permit.products()).containsExactly(FLIGHTS);
    assertThat(permit.purpose()).isEqualTo(Cases.PURPOSE);
    assertThat(permit.expires()).isEqualTo(NOW.plusSeconds(60));
    assertThat(permit.covers(FLIGHTS, NOW.plusSeconds(59))).isTrue();
    assertThat(permit.covers(FLIGHTS, NOW.plusSeconds(60))).isFalse();
    assertThat(permit.covers(Cases.AIRPORTS, NOW)).isFalse();
    assertThat(decision.ruleId()).isEqualTo("r1");
    assertThat(decision.bundleVersion()).isEqualTo(Cases.BUNDLE.version());
  }

  @Test
  @Control("USE-04")
  void permit_cannotBeMadeOutsideTheEngine() {
    assertThat(Permit.class.getDeclaredConstructors())
        .noneMatch(constructor -> Modifier.isPublic(constructor.getModifiers()));
    assertThat(CheckedContract.class.getDeclaredConstructors())
        .noneMatch(constructor -> Modifier.isPublic(constructor.getModifiers()));
    assertThat(Modifier.isFinal(Permit.class.getModifiers())).isTrue();
  }

  @Test
  @Control("USE-04")
  void useThatNothingPermits_isDeniedByDefaultAndSaysWhatWouldHelp() {
    var decision =
        (UsageDecision.DefaultDeny)
            decide(request("delay"), permit("r1", constraint("count", "lteq", "4")));
    assertThat(decision.ruleId()).isEqualTo("no-permission");
    assertThat(decision.reasons().getFirst().about()).isEqualTo("r1/count");
    assertThat(decision.reasons().getFirst().text().zh()).isNotBlank();
    assertThat(decision.reasons().getFirst().help().en()).isNotBlank();
  }

  @Test
  @Control("USE-04")
  void prohibition_winsOverPermissions_andBringsItsRemedies() {
    var decision =
        (UsageDecision.Deny)
            decide(
                request("delay"),
                permit("r1"),
                rule(
                    "r2",
                    Rule.Kind.PROHIBITION,
                    "compute",
                    List.of(constraint("dataField", "eq", "delay")),
                    List.of(new Duty("alert", List.of()))));
    assertThat(decision.reasons().getFirst().about()).isEqualTo("r2");
    assertThat(decision.remedies()).containsExactly(new Obligation.AlertProvider("r2"));
  }

  @Test
  void everyColumn_needsAPermission() {
    var origin = permit("r1", constraint("dataField", "eq", "origin"));
    var delay = permit("r2", constraint("dataField", "eq", "delay"));
    assertThat(decide(request("origin", "delay"), origin).result()).isEqualTo("default-deny");
    assertThat(decide(request("origin", "delay"), origin, delay).result()).isEqualTo("allow");
  }

  @ParameterizedTest
  @CsvSource({"tail,column-never", "hidden,column-not-granted", "key,column-not-granted"})
  @Control("USE-05")
  void columnWithoutGrant_isDenied(String column, String rule) {
    assertThat(decide(request(column), permit("r1")).ruleId()).isEqualTo(rule);
  }

  @Test
  void unknownColumn_isDeniedByDefault() {
    assertThat(decide(request("nowhere"), permit("r1")).ruleId()).isEqualTo("column-unknown");
  }

  @Test
  @Control("USE-06")
  void purposeOutsideContractOrScene_isDenied() {
    // given
    var environment = Cases.environment(NOW, Cases.channel());
    var teaching =
        new Environment(
            NOW,
            "teaching",
            environment.channel(),
            environment.chargeFen(),
            environment.uses(),
            environment.carriesOut());
    // then
    assertThat(decide(request(teaching), permit("r1")).ruleId()).isEqualTo("purpose-bound");
    var sceneChanged =
        new ContractFacts(Cases.CONTRACT, true, Set.of(), true, Set.of("teaching"), Cases.TERM);
    assertThat(with(sceneChanged).ruleId()).isEqualTo("purpose-bound");
  }

  @Test
  @Control("USE-07")
  void endedContract_stoppedProduct_closedDomain_areDenied() {
    var purposes = Set.of(Cases.PURPOSE);
    assertThat(
            with(new ContractFacts(Cases.CONTRACT, false, Set.of(), true, purposes, Cases.TERM))
                .ruleId())
        .isEqualTo("contract-not-in-force");
    assertThat(
            with(new ContractFacts(
                    Cases.CONTRACT, true, Set.of(FLIGHTS), true, purposes, Cases.TERM))
                .ruleId())
        .isEqualTo("product-stopped");
    assertThat(
            with(new ContractFacts(Cases.CONTRACT, true, Set.of(), false, purposes, Cases.TERM))
                .ruleId())
        .isEqualTo("domain-not-active");
  }

  @Test
  @Control("USE-07")
  void contractTerm_includesItsFirstInstantAndExcludesItsEnd() {
    assertThat(at(Cases.TERM.from()).result()).isEqualTo("allow");
    assertThat(at(Cases.TERM.to()).result()).isEqualTo("deny");
    assertThat(at(Cases.TERM.to().minusNanos(1)).result()).isEqualTo("allow");
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  @Control("IDN-01")
  void onlyTheConsumerRole_computes(Role role) {
    assertThat(as(Set.of(role)).result()).isEqualTo(role == Role.CONSUMER ? "allow" : "deny");
  }

  @Test
  @Control("IDN-02")
  void twoAdministratorsInOneHand_areDeniedWhateverElseTheyHold() {
    assertThat(as(Set.of(Role.CONSUMER, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)).ruleId())
        .isEqualTo("role-not-allowed");
    assertThat(as(Set.of(Role.CONSUMER, Role.AUDITOR, Role.AUDIT_ADMIN)).ruleId())
        .isEqualTo("role-not-allowed");
  }

  @Test
  @Control("USE-03")
  void unobservedFact_neitherPermitsNorEscapesAProhibition() {
    var blind = request(Cases.environment(NOW, Channel.UNOBSERVED), "delay");
    var inside = constraint("networkAddress", "isPartOf", "10.0.0.0/8");
    assertThat(decide(blind, permit("r1", inside)).result()).isEqualTo("default-deny");
    assertThat(decide(blind, permit("r1"), forbid("r2", inside)).result()).isEqualTo("deny");
  }

  @Test
  @Control("USE-08")
  void countAndFrequency_comeBackAsFactsToCheckAgain() {
    // when
    var decision =
        (UsageDecision.Allow)
            decide(
                request("delay"),
                permit(
                    "r1",
                    constraint("count", "lteq", "10"),
                    constraint("frequency", "lt", "3/PT1M"),
                    constraint("payAmount", "lteq", "500")),
                forbid("r2", constraint("count", "gt", "8")));
    // then
    assertThat(decision.permit().rechecks())
        .extracting(Recheck::rule)
        .containsExactly("r1", "r1", "r1", "r2");
    assertThat(decision.permit().rechecks())
        .contains(
            useLimit("r1", 10, Optional.empty()),
            useLimit("r1", 2, Optional.of(Duration.ofMinutes(1))),
            new Recheck.ChargeLimit("r1", 500),
            useLimit("r2", 8, Optional.empty()));
  }

  @Test
  void permit_expiresWithTheTimeBoundOfItsRule() {
    var decision =
        (UsageDecision.Allow)
            decide(
                request("delay"), permit("r1", constraint("time", "lt", "2026-06-15T02:30:05Z")));
    assertThat(decision.permit().expires()).isEqualTo(NOW.plusSeconds(5));
  }

  @Test
  @Control("USE-09")
  void dutiesAndObligations_makeTheAllowanceConditional() {
    var deadline = constraint("time", "lteq", "PT720H");
    var decision =
        decide(
            request("delay"),
            rule(
                "r1",
                Rule.Kind.PERMISSION,
                "compute",
                List.of(),
                List.of(
                    new Duty("logRecordSend", List.of()), new Duty("delete", List.of(deadline)))),
            rule("r2", Rule.Kind.OBLIGATION, "alert", List.of(), List.of()));
    assertThat(((UsageDecision.ConditionalAllow) decision).obligations())
        .containsExactly(
            new Obligation.SendLogRecord("r1"),
            new Obligation.DeleteAnswer("r1", Duration.ofDays(30)),
            new Obligation.AlertProvider("r2"));
  }

  @Test
  @Control("USE-09")
  void obligationThatCannotBeCarriedOut_denies() {
    var environment =
        new Environment(
            NOW,
            Cases.PURPOSE,
            Cases.channel(),
            Optional.empty(),
            Map.of(),
            EnumSet.noneOf(Obligation.Kind.class));
    assertThat(
            decide(
                    request(environment),
                    permit("r1"),
                    rule("r2", Rule.Kind.OBLIGATION, "alert", List.of(), List.of()))
                .ruleId())
        .isEqualTo("obligation-not-carried-out");
  }

  @Test
  void windowThatWasNotCounted_isUnknown() {
    var environment = Cases.environment(NOW, Cases.channel());
    var uncounted =
        new Environment(
            NOW,
            Cases.PURPOSE,
            environment.channel(),
            environment.chargeFen(),
            Map.of(FLIGHTS, new UseCounts(4, Map.of())),
            environment.carriesOut());
    var rare = permit("r1", constraint("frequency", "lteq", "5/PT1H"));
    assertThat(decide(request(uncounted), rare).result()).isEqualTo("default-deny");
  }

  @ParameterizedTest
  @CsvSource({
    // Europe/Berlin leaves 02:00-03:00 out on 29 March 2026 and has it twice on 25 October.
    "2026-03-29T00:59:59Z,default-deny",
    "2026-03-29T01:00:00Z,default-deny",
    "2026-10-25T00:00:00Z,allow",
    "2026-10-25T01:59:59Z,allow",
    "2026-10-25T02:00:00Z,default-deny"
  })
  @Control("USE-03")
  void windowByTheWallClock_followsDaylightSaving(Instant now, String result) {
    var window = permit("r1", constraint("timeWindow", "eq", "SUN 02:00-03:00 Europe/Berlin"));
    assertThat(decide(request(Cases.environment(now, Cases.channel())), window).result())
        .isEqualTo(result);
  }

  @Test
  void strangerAndForeignProduct_areDeniedByDefault() {
    var stranger =
        new UsageRequest(
            new Subject(Cases.STRANGER, Set.of(Role.CONSUMER), "x"),
            request().action(),
            request().object(),
            request().environment());
    assertThat(decide(stranger, permit("r1")).ruleId()).isEqualTo("not-a-party");
    Stream.of(decide(stranger, permit("r1")))
        .forEach(decision -> assertThat(decision.result()).isEqualTo("default-deny"));
  }

  private static Recheck useLimit(String rule, long max, Optional<Duration> window) {
    return new Recheck.UseLimit(rule, Cases.USER, request().action(), FLIGHTS, max, window);
  }

  private static UsageDecision with(ContractFacts facts) {
    return UsageControl.decide(
        request("delay"),
        PolicyLoader.check(Cases.contract(permit("r1")), Cases.BUNDLE),
        facts,
        Cases.BUNDLE);
  }

  private static UsageDecision at(Instant now) {
    return decide(request(Cases.environment(now, Cases.channel())), permit("r1"));
  }

  private static UsageDecision as(Set<Role> roles) {
    var request = request("delay");
    return decide(
        new UsageRequest(
            new Subject(Cases.USER, roles, "x"),
            request.action(),
            request.object(),
            request.environment()),
        permit("r1"));
  }
}

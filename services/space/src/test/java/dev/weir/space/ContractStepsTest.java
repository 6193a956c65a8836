package dev.weir.space;

import static dev.weir.space.Refusals.assertRefused;
import static dev.weir.space.SpaceStory.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.kernel.Operation;
import dev.weir.kernel.ProblemType;
import dev.weir.policy.contract.Constraint;
import dev.weir.policy.contract.Rule;
import dev.weir.policy.state.ContractState.Cause;
import dev.weir.policy.state.ContractState.Status;
import dev.weir.runtime.http.PageRequest;
import dev.weir.space.contract.ContractDraft;
import dev.weir.space.contract.Negotiation;
import dev.weir.space.contract.Performance;
import dev.weir.space.contract.Signing;
import dev.weir.space.contract.Stop;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ContractStepsTest {
  private final SpaceFixture space = SpaceFixture.shared();
  private final SpaceStory story = new SpaceStory(space);
  private final SpaceStory.Offer offer = story.offer(1_000_000_000L);
  private final Negotiation negotiation = space.parts.contracts().negotiation();
  private final Performance performance = space.parts.contracts().performance();

  private ContractDraft draft() {
    return Samples.contract(
        offer.domain(), offer.product(), offer.lineage(), 1_000, SpaceFixture.BUILDER);
  }

  @Test
  void counter_keepsEveryRoundAndAsksForAgreementAnew() {
    // given
    var contract = story.proposed(offer, 1_000);
    assertRefused(
        ProblemType.WRONG_STATE,
        () ->
            negotiation.counter(
                request(space.builder, Operation.CONTRACT_NEGOTIATE),
                contract.id(),
                new Negotiation.Counter(1, "answers itself", draft())));
    // when
    var countered =
        negotiation.counter(
            request(space.provider, Operation.CONTRACT_NEGOTIATE),
            contract.id(),
            new Negotiation.Counter(1, "less", draft()));
    // then
    assertThat(countered.status()).isEqualTo(Status.NEGOTIATING);
    assertThat(countered.accepted()).containsExactly(SpaceFixture.DEPARTMENT);
    var rounds = negotiation.rounds(space.builder, contract.id(), PageRequest.first(10)).items();
    assertThat(rounds).hasSize(2);
    assertThat(rounds.getFirst().author()).isEqualTo(SpaceFixture.BUILDER);
    assertRefused(
        ProblemType.CONFLICT,
        () ->
            negotiation.accept(
                request(space.builder, Operation.CONTRACT_NEGOTIATE), contract.id(), 1));
  }

  @Test
  void sign_beforeAllAgree_isRefused() {
    var contract = story.proposed(offer, 1_000);
    assertRefused(ProblemType.WRONG_STATE, () -> story.sign(contract.id(), space.builder));
  }

  @Test
  void sign_withAnotherPartysKeyOrOverOtherBytes_isRefused() {
    var contract = story.agreed(offer, 1_000);
    var stolen = story.signature(contract.id(), space.builder);
    var wrong =
        new Signing.SignatureBody(
            space.keyId(SpaceFixture.BUILDER),
            space.sign(
                SpaceFixture.BUILDER, "other".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    assertRefused(
        ProblemType.SIGNATURE_INVALID, () -> story.sign(contract.id(), space.builder, wrong));
    story.sign(contract.id(), space.builder);
    assertRefused(
        ProblemType.SIGNATURE_INVALID, () -> story.sign(contract.id(), space.provider, stolen));
  }

  @Test
  void sign_byTheProviderBeforeTheConsumer_isRefused() {
    var contract = story.agreed(offer, 1_000);
    assertRefused(ProblemType.WRONG_STATE, () -> story.sign(contract.id(), space.provider));
    story.sign(contract.id(), space.builder);
    assertThat(story.sign(contract.id(), space.provider).status()).isEqualTo(Status.IN_PERFORMANCE);
  }

  @Test
  void sign_twice_isRefused() {
    var contract = story.agreed(offer, 1_000);
    story.sign(contract.id(), space.builder);
    assertRefused(ProblemType.WRONG_STATE, () -> story.sign(contract.id(), space.builder));
  }

  @Test
  void signedContract_isImmutable() {
    var contract = story.concluded(offer, 1_000);
    assertRefused(
        ProblemType.IMMUTABLE,
        () ->
            negotiation.counter(
                request(space.provider, Operation.CONTRACT_NEGOTIATE),
                contract.id(),
                new Negotiation.Counter(1, "", draft())));
    assertRefused(ProblemType.IMMUTABLE, () -> story.sign(contract.id(), space.builder));
    assertRefused(
        ProblemType.IMMUTABLE,
        () ->
            negotiation.withdraw(
                request(space.builder, Operation.CONTRACT_NEGOTIATE), contract.id(), "no"));
  }

  @Test
  void sign_whenLineageLacksTheAllotment_changesNothing() {
    var contract = story.agreed(offer, 2_000_000_000L);
    story.sign(contract.id(), space.builder);
    assertRefused(ProblemType.BUDGET_EXHAUSTED, () -> story.sign(contract.id(), space.provider));
    var after = negotiation.get(space.builder, contract.id());
    assertThat(after.signatures()).hasSize(1);
    assertThat(after.status()).isEqualTo(Status.NEGOTIATING);
    story.cap(offer.lineage(), 3_000_000_000L);
    assertThat(story.sign(contract.id(), space.provider).status()).isEqualTo(Status.IN_PERFORMANCE);
  }

  @Test
  void stop_byProvider_endsAtOnceAndIsNotTheConsumersRight() {
    var contract = story.concluded(offer, 1_000);
    var body =
        new Performance.StopBody(
            Stop.Reason.RISK, Optional.empty(), Optional.of("Questions single out one street."));
    assertRefused(
        ProblemType.FORBIDDEN,
        () ->
            performance.stop(request(space.builder, Operation.CONTRACT_STOP), contract.id(), body));
    var stopped =
        performance.stop(request(space.provider, Operation.CONTRACT_STOP), contract.id(), body);
    assertThat(stopped.ended().orElseThrow().cause()).isEqualTo(Cause.ABNORMAL_STOP);
    assertThat(stopped.stops().getFirst().note()).contains("Questions single out one street.");
    assertRefused(
        ProblemType.CONTRACT_ENDED,
        () ->
            performance.stop(
                request(space.operator, Operation.CONTRACT_STOP), contract.id(), body));
  }

  @Test
  void stop_ofTheOnlyProduct_endsTheContract() {
    var contract = story.concluded(offer, 1_000);
    var stopped =
        performance.stop(
            request(space.operator, Operation.CONTRACT_STOP),
            contract.id(),
            new Performance.StopBody(
                Stop.Reason.LEGAL, Optional.of(offer.product()), Optional.empty()));
    assertThat(stopped.status()).isEqualTo(Status.ENDED);
    assertThat(stopped.stoppedProducts()).containsExactly(offer.product());
  }

  @Test
  void terminate_takesBothParties() {
    var contract = story.concluded(offer, 1_000);
    var one =
        performance.terminate(
            request(space.builder, Operation.CONTRACT_TERMINATE), contract.id(), "done");
    assertThat(one.status()).isEqualTo(Status.IN_PERFORMANCE);
    var both =
        performance.terminate(
            request(space.provider, Operation.CONTRACT_TERMINATE), contract.id(), "done");
    assertThat(both.ended().orElseThrow().cause()).isEqualTo(Cause.AGREEMENT);
  }

  @Test
  void propose_withATermThatCannotBeObserved_isRefusedWithFindings() {
    var draft = draft();
    var unobservable =
        new Rule(
            "where",
            Rule.Kind.PERMISSION,
            SpaceFixture.BUILDER,
            "compute",
            offer.product(),
            List.of(new Constraint("physicalAddress", "eq", List.of("room 1"), "")),
            List.of());
    var refused =
        assertRefused(
            ProblemType.POLICY_UNENFORCEABLE,
            () ->
                negotiation.propose(
                    request(space.builder, Operation.CONTRACT_PROPOSE),
                    with(draft, "delay-statistics", List.of(unobservable))));
    assertThat(refused.extensions().get("findings").toString()).contains("unobservable");
    assertRefused(
        ProblemType.POLICY_UNENFORCEABLE,
        () ->
            negotiation.propose(
                request(space.builder, Operation.CONTRACT_PROPOSE),
                with(draft, "another-purpose", draft.rules())));
  }

  @Test
  void terms_cannotBeChangedByTheApplicationAndTamperingIsFound() throws SQLException {
    // given
    var contract = story.agreed(offer, 1_000);
    // when
    assertThatThrownBy(() ->
            space.database.asService(
                "tamper",
                handle ->
                    handle.execute("update space.contract_rounds set terms = '\\x00'::bytea")))
        .hasMessageContaining("permission denied");
    try (var connection = space.superuser();
        var statement = connection.createStatement()) {
      statement.execute(
          "update space.contract_rounds set terms = '{}' where contract_id = '"
              + contract.id()
              + "'");
    }
    // then
    assertThatThrownBy(() -> negotiation.terms(space.builder, contract.id(), Optional.empty()))
        .hasMessageContaining("altered");
  }

  private static ContractDraft with(ContractDraft draft, String purpose, List<Rule> rules) {
    return new ContractDraft(
        draft.name(),
        draft.summary(),
        draft.signMode(),
        draft.suite(),
        draft.term(),
        draft.domainId(),
        purpose,
        draft.products(),
        draft.services(),
        rules,
        draft.allotments(),
        draft.price(),
        draft.minGroup());
  }
}

package dev.weir.space;

import static dev.weir.space.Refusals.assertRefused;
import static dev.weir.space.SpaceStory.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.Operation;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.QueryId;
import dev.weir.policy.contract.Price;
import dev.weir.policy.state.ContractState.Cause;
import dev.weir.runtime.evidence.EvidenceLog;
import dev.weir.runtime.json.Json;
import dev.weir.runtime.ledger.Charge;
import dev.weir.runtime.ledger.PostgresLedger;
import dev.weir.runtime.ledger.Spend;
import dev.weir.runtime.ledger.SpendRequest;
import dev.weir.runtime.outbox.Outbox;
import dev.weir.runtime.outbox.OutboxSignal;
import dev.weir.runtime.sql.Database;
import dev.weir.runtime.sql.DatabaseRoles;
import dev.weir.runtime.sql.Migrations;
import dev.weir.space.contract.Contract;
import dev.weir.space.contract.Performance;
import dev.weir.space.contract.Stop;
import dev.weir.space.domain.ProhibitedList;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the control plane stops is final for the spender when the call that stops it returns. */
final class StopsTest {
  private SpaceFixture space;
  private SpaceStory story;
  private Database query;
  private PostgresLedger spender;

  @BeforeEach
  void start() {
    space = SpaceFixture.populated();
    story = new SpaceStory(space);
    Migrations.migrate(space.access(DatabaseRoles.MIGRATION), "query");
    query = Database.open(space.access("weir_query"), "query", 2, new MetricRegistry());
    spender =
        new PostgresLedger(
            new EvidenceLog(new Outbox("query", new OutboxSignal()), "query"), space.clock);
  }

  @AfterEach
  void stop() throws Exception {
    query.close();
    space.close();
  }

  @Test
  void delisting_endsEveryUseOfTheProductAtOnce() {
    var offer = story.offer(1_000_000L);
    var contract = story.concluded(offer, 1_000L);
    assertThat(spend(offer, contract.id())).isInstanceOf(Spend.Spent.class);
    delist(offer);
    assertThat(spend(offer, contract.id())).isEqualTo(new Spend.ProductStopped(offer.product()));
  }

  @Test
  void prohibition_endsEveryUseOfTheResourceAtOnce_beforeTheClockTicks() {
    var offer = story.offer(1_000_000L);
    var contract = story.concluded(offer, 1_000L);
    prohibit(offer);
    assertThat(spend(offer, contract.id())).isEqualTo(new Spend.ProductStopped(offer.product()));
  }

  @Test
  void cancellingTheResource_endsEveryUseAtOnce() {
    var offer = story.offer(1_000_000L);
    var contract = story.concluded(offer, 1_000L);
    space
        .parts
        .resources()
        .cancel(request(space.provider, Operation.RESOURCE_CANCEL), offer.resource());
    assertThat(spend(offer, contract.id())).isEqualTo(new Spend.ProductStopped(offer.product()));
  }

  @Test
  void stoppingOneProductOfAContract_endsItsUseAtOnce() {
    var offer = story.offer(1_000_000L);
    var contract = story.concluded(offer, 1_000L);
    var other = story.concluded(offer, 1_000L);
    space
        .parts
        .contracts()
        .performance()
        .stop(
            request(space.provider, Operation.CONTRACT_STOP),
            contract.id(),
            new Performance.StopBody(
                Stop.Reason.values()[0], Optional.of(offer.product()), Optional.empty()));
    assertThat(spend(offer, contract.id())).isInstanceOf(Spend.Closed.class);
    assertThat(spend(offer, other.id())).isInstanceOf(Spend.Spent.class);
  }

  @Test
  void closingTheDomain_endsEveryUseAtOnce_beforeTheClockTicks() {
    var offer = story.offer(1_000_000L);
    var contract = story.concluded(offer, 1_000L);
    space
        .parts
        .domains()
        .close(request(space.provider, Operation.DOMAIN_CLOSE), offer.domain(), "exit");
    assertThat(spend(offer, contract.id())).isEqualTo(new Spend.Closed());
  }

  @Test
  void suspendingAParty_endsEveryUseAtOnce() {
    var offer = story.offer(1_000_000L);
    var contract = story.concluded(offer, 1_000L);
    suspend();
    assertThat(spend(offer, contract.id())).isEqualTo(new Spend.Closed());
  }

  @Test
  void theDomainsTerm_endsEveryUse_evenWhileNoClockRuns() {
    var offer = story.offer(1_000_000L);
    var contract = story.concluded(offer, 1_000L);
    space.now.set(
        Samples.CONTRACT_TERM.to().isBefore(Samples.DOMAIN_TERM.to())
            ? Samples.CONTRACT_TERM.to()
            : Samples.DOMAIN_TERM.to());
    assertThat(spend(offer, contract.id())).isEqualTo(new Spend.Closed());
  }

  @Test
  void signature_isRefusedWhenWhatTheContractRestsOnHasFallenAway() {
    var delisted = story.offer(1_000_000L);
    var onDelisted = signedByOne(delisted);
    delist(delisted);
    assertRefused(ProblemType.WRONG_STATE, () -> story.sign(onDelisted.id(), space.provider));

    var prohibited = story.offer(1_000_000L);
    var onProhibited = signedByOne(prohibited);
    prohibit(prohibited);
    assertRefused(
        ProblemType.PROHIBITED_RESOURCE, () -> story.sign(onProhibited.id(), space.provider));

    var cancelled = story.offer(1_000_000L);
    var onCancelled = signedByOne(cancelled);
    space
        .parts
        .resources()
        .cancel(request(space.provider, Operation.RESOURCE_CANCEL), cancelled.resource());
    assertRefused(ProblemType.WRONG_STATE, () -> story.sign(onCancelled.id(), space.provider));

    var offer = story.offer(1_000_000L);
    var withSuspended = signedByOne(offer);
    suspend();
    assertRefused(ProblemType.WRONG_STATE, () -> story.sign(withSuspended.id(), space.provider));
    assertThat(space.count("select count(*) from ledger.accounts")).isZero();
  }

  @Test
  void feeCeiling_whenReached_endsTheContractByRule() {
    // given
    var offer = story.offer(1_000_000L);
    var contract = story.concluded(offer, 1_000L, new Price(100, 0, 0, 200));
    spend(offer, contract.id());
    space.parts.clock().settle();
    assertThat(read(contract).ended()).isEmpty();
    // when
    spend(offer, contract.id());
    space.parts.clock().settle();
    // then
    var ended = read(contract);
    assertThat(ended.ended().orElseThrow().cause()).isEqualTo(Cause.RULE);
    assertThat(ended.endReason()).contains("fee-ceiling-reached");
    assertThat(spend(offer, contract.id())).isEqualTo(new Spend.Closed());
  }

  private Contract signedByOne(SpaceStory.Offer offer) {
    return story.sign(story.agreed(offer, 1_000L).id(), space.builder);
  }

  private Contract read(Contract contract) {
    return space.parts.contracts().negotiation().get(space.builder, contract.id());
  }

  private void delist(SpaceStory.Offer offer) {
    space
        .parts
        .review()
        .delist(request(space.provider, Operation.PRODUCT_DELIST), offer.product(), "withdrawn");
  }

  private void prohibit(SpaceStory.Offer offer) {
    var list = space.parts.prohibited();
    list.propose(
        request(space.securityAdmin, Operation.PROHIBITED_LIST_EDIT),
        new ProhibitedList.ListChange(offer.resource(), true, "order of the authority"));
    list.approve(request(space.securityAdmin2, Operation.PROHIBITED_LIST_EDIT), offer.resource());
  }

  private void suspend() {
    space
        .parts
        .participants()
        .suspend(request(space.securityAdmin, Operation.PARTICIPANT_SUSPEND), SpaceFixture.BUILDER);
  }

  /** As the query service does, with a new question each time. */
  private Spend spend(SpaceStory.Offer offer, ContractId contract) {
    var question = UUID.randomUUID().toString();
    var request =
        new SpendRequest(
            QueryId.random(),
            contract,
            SpaceFixture.BUILDER,
            "builder-analyst",
            Json.sha256Hex(question.getBytes(StandardCharsets.UTF_8)),
            SpendRequest.sorted(Map.of(offer.lineage(), 1L)),
            List.of(new Charge(offer.lineage(), 1, 0)),
            List.of(),
            "{}",
            List.of(),
            "test-bundle",
            List.of(offer.product()));
    return query.asService("spend", handle -> spender.spend(handle, request));
  }
}

package dev.weir.space;

import static dev.weir.space.Refusals.assertRefused;
import static dev.weir.space.SpaceStory.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.Operation;
import dev.weir.kernel.ProblemType;
import dev.weir.policy.state.ContractState.Cause;
import dev.weir.policy.state.DomainState.Status;
import dev.weir.policy.state.ProductState;
import dev.weir.space.domain.OperationDomains;
import dev.weir.space.domain.ProhibitedList;
import dev.weir.space.resource.Openness;
import dev.weir.space.resource.ResourceDraft;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DomainAndClockTest {
  private static final SpaceFixture SPACE = SpaceFixture.populated();
  private final SpaceStory story = new SpaceStory(SPACE);

  @BeforeEach
  void turnBack() {
    SPACE.now.set(SpaceFixture.START);
  }

  @AfterAll
  static void close() throws Exception {
    SPACE.close();
  }

  @Test
  void sceneReview_byTheProposer_isRefused() {
    var domain = story.proposedDomain();
    assertRefused(
        ProblemType.SAME_HANDS,
        () ->
            SPACE
                .parts
                .domains()
                .review(
                    request(SPACE.operator, Operation.DOMAIN_SCENE_REVIEW),
                    domain.id(),
                    new OperationDomains.SceneReview(true, "")));
    assertRefused(ProblemType.WRONG_STATE, () -> story.signDomain(domain.id(), SPACE.provider));
  }

  @Test
  void authorise_aboveTheCeilingNotOpenOrListed_isRefused() {
    var domain = story.activeDomain();
    var high =
        SPACE
            .parts
            .resources()
            .register(request(SPACE.provider, Operation.RESOURCE_REGISTER), Samples.resource(4));
    assertRefused(ProblemType.VALIDATION_FAILED, () -> story.authorise(domain.id(), high.id()));
    var good = Samples.resource(1);
    var closed =
        SPACE
            .parts
            .resources()
            .register(
                request(SPACE.provider, Operation.RESOURCE_REGISTER),
                new ResourceDraft(
                    good.title(),
                    good.description(),
                    good.topic(),
                    Openness.NOT_OPEN,
                    good.schema(),
                    good.lineageId(),
                    false));
    assertRefused(ProblemType.PROHIBITED_RESOURCE, () -> story.authorise(domain.id(), closed.id()));
  }

  @Test
  void prohibitedList_changesWithTwoPersonsAndTakesTheResourceOut() {
    // given
    var domain = story.activeDomain();
    var resource = story.authorised(domain.id());
    var product = story.listed(resource.id());
    var other = story.listed(story.authorised(domain.id()).id());
    var list = SPACE.parts.prohibited();
    list.propose(
        request(SPACE.securityAdmin, Operation.PROHIBITED_LIST_EDIT),
        new ProhibitedList.ListChange(resource.id(), true, "order of the authority"));
    assertRefused(
        ProblemType.SAME_HANDS,
        () ->
            list.approve(
                request(SPACE.securityAdmin, Operation.PROHIBITED_LIST_EDIT), resource.id()));
    // when
    list.approve(request(SPACE.securityAdmin2, Operation.PROHIBITED_LIST_EDIT), resource.id());
    SPACE.parts.clock().tick();
    // then
    assertThat(SPACE.parts.resources().get(SPACE.provider, resource.id()).domainId()).isEmpty();
    assertRefused(
        ProblemType.PROHIBITED_RESOURCE, () -> story.authorise(domain.id(), resource.id()));
    var products = SPACE.parts.products();
    assertThat(products.get(SPACE.provider, product.id()).status())
        .isEqualTo(ProductState.Status.DELISTED);
    assertThat(products.get(SPACE.provider, other.id()).status())
        .isEqualTo(ProductState.Status.LISTED);
  }

  @Test
  void unclassifiedColumn_keepsTheResourceFromBeingSaved() {
    var good = Samples.resource(1);
    var column = good.schema().columns().getFirst();
    var unclassified =
        new ResourceDraft.ColumnDraft(
            column.name(),
            column.type(),
            0,
            false,
            column.role(),
            java.util.Optional.empty(),
            column.level(),
            "");
    assertRefused(
        ProblemType.UNCLASSIFIED,
        () ->
            SPACE
                .parts
                .resources()
                .register(
                    request(SPACE.provider, Operation.RESOURCE_REGISTER),
                    new ResourceDraft(
                        good.title(),
                        good.description(),
                        good.topic(),
                        good.openness(),
                        new ResourceDraft.SchemaDraft(java.util.List.of(unclassified)),
                        good.lineageId(),
                        false)));
  }

  @Test
  void termOfTheContract_endsItAndGivesTheRestBack() {
    var offer = story.offer(1_000_000L);
    var contract = story.concluded(offer, 600_000L);
    SPACE.now.set(Samples.CONTRACT_TERM.to());
    SPACE.parts.clock().tick();
    var ended = SPACE.parts.contracts().negotiation().get(SPACE.builder, contract.id());
    assertThat(ended.ended().orElseThrow().cause()).isEqualTo(Cause.TERM);
    var budget = SPACE.parts.lineages().get(SPACE.provider, offer.lineage()).budget();
    assertThat(budget.orElseThrow().carvedNanoRho()).isZero();
  }

  @Test
  void termOfTheDomain_closesItAndEveryContractInIt() {
    var offer = story.offer(1_000_000L);
    SPACE.now.set(Samples.DOMAIN_TERM.to());
    SPACE.parts.clock().tick();
    var domain = SPACE.parts.domains().get(SPACE.builder, offer.domain());
    assertThat(domain.status()).isEqualTo(Status.CLOSED);
    assertRefused(ProblemType.WRONG_STATE, () -> story.proposed(offer, 1_000));
  }

  @Test
  void closureOfTheDomain_endsItsContractsByRule() {
    var offer = story.offer(1_000_000L);
    var contract = story.concluded(offer, 1_000L);
    SPACE
        .parts
        .domains()
        .close(request(SPACE.provider, Operation.DOMAIN_CLOSE), offer.domain(), "exit");
    SPACE.parts.clock().tick();
    assertThat(
            SPACE
                .parts
                .contracts()
                .negotiation()
                .get(SPACE.builder, contract.id())
                .ended()
                .orElseThrow()
                .cause())
        .isEqualTo(Cause.RULE);
  }

  @Test
  void lateSignature_isRefused() {
    var offer = story.offer(1_000_000L);
    var contract = story.agreed(offer, 1_000L);
    SPACE.now.set(SpaceFixture.START.plus(java.time.Duration.ofDays(31)));
    assertRefused(ProblemType.WRONG_STATE, () -> story.sign(contract.id(), SPACE.builder));
  }
}

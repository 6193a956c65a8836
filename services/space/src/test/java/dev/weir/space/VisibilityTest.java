package dev.weir.space;

import static dev.weir.space.SpaceStory.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.Operation;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.PageRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Entity by state by party: who sees it, and that nobody else can tell it exists. */
final class VisibilityTest {
  private final SpaceFixture space = SpaceFixture.shared();
  private final SpaceStory story = new SpaceStory(space);
  private final PageRequest page = PageRequest.first(50);

  @Test
  void everyReading_answersOnlyThePartiesOfTheThing() {
    // given
    var proposed = story.proposedDomain();
    var alone = story.registered();
    var offer = story.offer(1_000_000L);
    var draft = story.drafted(offer.resource());
    var submitted = story.drafted(offer.resource());
    space.parts.review().submit(request(space.provider, Operation.PRODUCT_SUBMIT), submitted.id());
    var contract = story.proposed(offer, 1_000);
    // then
    var domains = space.parts.domains();
    var products = space.parts.products();
    var negotiation = space.parts.contracts().negotiation();
    check("proposed domain", c -> domains.get(c, proposed.id()), "POA");
    check("its agreement", c -> domains.agreement(c, proposed.id()), "POA");
    check("active domain", c -> domains.get(c, offer.domain()), "POBSA");
    check("resource", c -> space.parts.resources().get(c, alone.id()), "PA");
    check("authorised", c -> space.parts.resources().get(c, offer.resource()), "POA");
    check("resource history", c -> space.parts.resources().history(c, alone.id(), page), "PA");
    check("lineage", c -> space.parts.lineages().get(c, offer.lineage()), "POA");
    check("draft", c -> products.get(c, draft.id()), "P");
    check("draft sample", c -> products.sample(c, draft.id(), 1), "P");
    check("draft history", c -> products.history(c, draft.id(), page), "P");
    check("submitted", c -> products.get(c, submitted.id()), "POA");
    check("listed", c -> products.get(c, offer.product()), "POBSA");
    check("dictionary", c -> products.dictionary(c, offer.product()), "POBSA");
    check("contract", c -> negotiation.get(c, contract.id()), "POBA");
    check("terms", c -> negotiation.terms(c, contract.id(), Optional.empty()), "POBA");
    check("rounds", c -> negotiation.rounds(c, contract.id(), page), "POBA");
    check("contract history", c -> negotiation.history(c, contract.id(), page), "POBA");
  }

  @Test
  void everyStep_onAThingOfOthers_answersLikeAnUnknownId() {
    var offer = story.offer(1_000_000L);
    var contract = story.proposed(offer, 1_000);
    var draft = story.drafted(offer.resource());
    var proposed = story.proposedDomain();
    var contracts = space.parts.contracts();
    List<Consumer<Caller>> steps =
        List.of(
            c ->
                contracts
                    .negotiation()
                    .accept(request(c, Operation.CONTRACT_NEGOTIATE), contract.id(), 1),
            c ->
                contracts
                    .negotiation()
                    .withdraw(request(c, Operation.CONTRACT_NEGOTIATE), contract.id(), "no"),
            c ->
                contracts
                    .performance()
                    .terminate(request(c, Operation.CONTRACT_TERMINATE), contract.id(), "no"),
            c -> space.parts.review().submit(request(c, Operation.PRODUCT_SUBMIT), draft.id()),
            c ->
                space
                    .parts
                    .domains()
                    .close(request(c, Operation.DOMAIN_CLOSE), proposed.id(), "no"),
            c ->
                space
                    .parts
                    .resources()
                    .cancel(request(c, Operation.RESOURCE_CANCEL), offer.resource()));
    for (Consumer<Caller> step : steps) {
      assertThat(outcome(step, space.stranger)).isEqualTo(Optional.of(ProblemType.NOT_FOUND));
    }
  }

  @Test
  void historyOfASubmittedProduct_keepsItsDraftsFromTheOperatingBody() {
    var offer = story.offer(1_000_000L);
    var history = space.parts.products();
    assertThat(history.history(space.operator, offer.product(), page).items())
        .extracting(entry -> entry.step())
        .containsExactly("submitted", "reviewed", "coded", "listed");
    assertThat(history.history(space.provider, offer.product(), page).items())
        .extracting(entry -> entry.step())
        .startsWith("drafted");
    assertThat(history.history(space.stranger, offer.product(), page).items()).isEmpty();
  }

  @Test
  void lists_showWhatMayBeSeenAndCountNothingElse() {
    story.registered();
    var mine = space.parts.resources().list(space.otherProvider, PageRequest.first(200));
    assertThat(mine.items()).isEmpty();
    assertThat(mine.next()).isEmpty();
  }

  private void check(String what, Consumer<Caller> reading, String seenBy) {
    var wrong = new ArrayList<String>();
    callers()
        .forEach((letter, caller) -> {
          var expected =
              seenBy.contains(letter) ? Optional.empty() : Optional.of(ProblemType.NOT_FOUND);
          if (!outcome(reading, caller).equals(expected)) {
            wrong.add(letter + "=" + outcome(reading, caller));
          }
        });
    assertThat(wrong).as(what).isEmpty();
  }

  private Map<String, Caller> callers() {
    var callers = new LinkedHashMap<String, Caller>();
    callers.put("P", space.provider);
    callers.put("O", space.operator);
    callers.put("B", space.builder);
    callers.put("S", space.stranger);
    callers.put("A", space.auditor);
    return callers;
  }

  private static Optional<ProblemType> outcome(Consumer<Caller> step, Caller caller) {
    try {
      step.accept(caller);
      return Optional.empty();
    } catch (ProblemException e) {
      return Optional.of(e.type());
    }
  }
}

package dev.weir.space;

import static dev.weir.space.SpaceStory.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.Operation;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.policy.state.ContractState.Status;
import dev.weir.space.contract.Negotiation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

final class RacesTest {
  private final SpaceFixture space = SpaceFixture.shared();
  private final SpaceStory story = new SpaceStory(space);
  private final SpaceStory.Offer offer = story.offer(1_000_000L);

  @Test
  void sign_twiceAtOnce_concludesOnce() throws Exception {
    var contract = story.agreed(offer, 1_000);
    story.sign(contract.id(), space.builder);
    var results =
        together(
            () -> story.sign(contract.id(), space.provider).status(),
            () -> story.sign(contract.id(), space.provider).status());
    assertThat(results).containsExactlyInAnyOrder(Status.IN_PERFORMANCE, ProblemType.IMMUTABLE);
  }

  @Test
  void counterAndAccept_atOnce_oneWins() throws Exception {
    var contract = story.proposed(offer, 1_000);
    var draft =
        Samples.contract(
            offer.domain(), offer.product(), offer.lineage(), 2_000, SpaceFixture.BUILDER);
    var negotiation = space.parts.contracts().negotiation();
    var results =
        together(
            () ->
                negotiation
                    .counter(
                        request(space.provider, Operation.CONTRACT_NEGOTIATE),
                        contract.id(),
                        new Negotiation.Counter(1, "", draft))
                    .round(),
            () ->
                negotiation
                    .accept(request(space.provider, Operation.CONTRACT_NEGOTIATE), contract.id(), 1)
                    .round());
    assertThat(results).hasSize(2);
    assertThat(results.stream().filter(ProblemType.class::isInstance)).hasSize(1);
  }

  @Test
  void carve_byManyContractsOfOneLineage_neverPassesTheCap() throws Exception {
    var contracts = new ArrayList<Callable<Object>>();
    for (int i = 0; i < 4; i++) {
      var contract = story.agreed(offer, 400_000);
      story.sign(contract.id(), space.builder);
      contracts.add(() -> story.sign(contract.id(), space.provider).status());
    }
    var results = together(contracts);
    assertThat(results.stream().filter(Status.IN_PERFORMANCE::equals)).hasSize(2);
    assertThat(results.stream().filter(ProblemType.BUDGET_EXHAUSTED::equals)).hasSize(2);
  }

  @SafeVarargs
  private static List<Object> together(Callable<Object>... calls) throws Exception {
    return together(List.of(calls));
  }

  /** What each call returned, or the type of problem it was refused with. */
  private static List<Object> together(List<Callable<Object>> calls) throws Exception {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = new ArrayList<Object>();
      for (var future : executor.invokeAll(calls.stream().map(RacesTest::caught).toList())) {
        results.add(future.get());
      }
      return results;
    }
  }

  private static Callable<Object> caught(Callable<Object> call) {
    return () -> {
      try {
        return call.call();
      } catch (ProblemException e) {
        return e.type();
      }
    };
  }
}

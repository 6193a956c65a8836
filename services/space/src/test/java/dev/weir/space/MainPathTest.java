package dev.weir.space;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.policy.state.ContractState.Status;
import org.junit.jupiter.api.Test;

final class MainPathTest {
  private final SpaceFixture space = SpaceFixture.shared();
  private final SpaceStory story = new SpaceStory(space);

  @Test
  void concluded_whenEveryHandHasDoneItsPart_contractIsInPerformanceAndBudgetCarved() {
    // given
    var offer = story.offer(1_000_000_000L);
    // when
    var contract = story.concluded(offer, 400_000_000L);
    // then
    assertThat(contract.status()).isEqualTo(Status.IN_PERFORMANCE);
    assertThat(contract.contractHash().orElseThrow()).matches("[0-9a-f]{64}");
    assertThat(contract.code().value()).hasSize(47);
    var budget = space.parts.lineages().get(space.provider, offer.lineage()).budget();
    assertThat(budget.orElseThrow().carvedNanoRho()).isEqualTo(400_000_000L);
  }

  @Test
  void everyChange_writesSnapshotLeafAndHistoryTogether() throws Exception {
    try (var own = SpaceFixture.populated()) {
      // given
      var ownStory = new SpaceStory(own);
      // when
      var id = ownStory.concluded(ownStory.offer(1_000_000_000L), 1_000_000L).id();
      // then
      assertThat(own.count("select count(*) from space.outbox where key = '" + id + "'"))
          .isEqualTo(4);
      assertThat(own.count("select count(*) from space.history where id = '" + id + "'"))
          .isEqualTo(4);
      assertThat(own.count("select count(*) from space.outbox where topic = 'audit.evidence'"))
          .isEqualTo(own.count("select count(*) from space.history"));
    }
  }
}

package dev.weir.query.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.RunId;
import dev.weir.schemas.avro.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class KafkaRollupTopologyTest {
  private static final LineageId LINEAGE = LineageId.random();
  private final RollupSpec perRecord = RollupSpec.of(Trips.perRecord(LINEAGE)).orElseThrow();
  private final RollupSpec persons = RollupSpec.of(Trips.noised(LINEAGE)).orElseThrow();
  private final HeldDesk desk = new HeldDesk();
  private final ContractId contract = ContractId.random();
  private final RunId run = RunId.random();

  KafkaRollupTopologyTest() {
    desk.contracts.add(contract);
  }

  @Test
  void seal_publishesEveryDeclaredCellOnce_emptyOnesIncluded() {
    try (var topology = new TopologyFixture(perRecord, desk)) {
      // given
      topology.trip(run, 1, "a", "福州", 1L, 30L);
      topology.trip(run, 1, "a", "福州", 1L, 500L);
      topology.trip(run, 1, "b", "平潭", 2L, null);
      topology.trip(run, 1, "b", "上海", 2L, 9L);
      topology.trip(run, 1, "c", "厦门", null, 9L);
      topology.look();
      assertThat(desk.handed).isEmpty();
      // when
      topology.seal(run, 1, 5);
      topology.look();
      topology.look();
      topology.look();
      // then
      assertThat(topology.values())
          .containsExactly(2L, 130L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 1L, 0L);
      assertThat(topology.closed())
          .singleElement()
          .satisfies(closed -> {
            assertThat(closed.getContractId()).isEqualTo(contract.toString());
            assertThat(closed.getDataVersion()).isEqualTo(1);
            assertThat(closed.getCells()).isEqualTo(6);
            assertThat(closed.getTiles()).isEqualTo(1);
          });
      assertThat(desk.handed).hasSize(1);
      assertThat(desk.handed.getFirst().present(5, 0)).isZero();
    }
  }

  @Test
  void seal_waitsUntilEveryRecordHasBeenCounted() {
    try (var topology = new TopologyFixture(perRecord, desk)) {
      topology.seal(run, 1, 2);
      topology.trip(run, 1, "a", "福州", 1L, 30L);
      topology.look();
      assertThat(topology.closed()).isEmpty();
      topology.trip(run, 1, "a", "福州", 1L, 30L);
      topology.look();
      topology.look();
      assertThat(topology.closed()).hasSize(1);
    }
  }

  @Test
  void person_isCountedInFewCellsAndFewTimesInEach() {
    try (var topology = new TopologyFixture(persons, desk)) {
      // given five trips in one cell, then one in each of three further cells
      for (int i = 0; i < 5; i++) {
        topology.trip(run, 1, "a", "福州", 1L, 10L);
      }
      topology.trip(run, 1, "a", "福州", 2L, 10L);
      topology.trip(run, 1, "a", "厦门", 1L, 10L);
      topology.trip(run, 1, "a", "厦门", 2L, 10L);
      topology.trip(run, 1, "b", "厦门", 2L, 20L);
      topology.trip(run, 1, null, "厦门", 2L, 20L);
      // when
      topology.seal(run, 1, 10);
      topology.look();
      topology.look();
      // then
      assertThat(topology.values())
          .containsExactly(3L, 30L, 1L, 10L, 0L, 0L, 1L, 20L, 0L, 0L, 0L, 0L);
    }
  }

  @Test
  void cancelledRun_leavesNothingInTheVersionThatWasSealedAfterIt() {
    try (var topology = new TopologyFixture(persons, desk)) {
      var cancelled = RunId.random();
      topology.trip(cancelled, 1, "a", "福州", 1L, 10L);
      topology.trip(cancelled, 1, "a", "福州", 1L, 10L);
      topology.trip(run, 1, "a", "福州", 1L, 10L);
      topology.seal(run, 1, 1);
      topology.look();
      topology.look();
      assertThat(topology.values().subList(0, 2)).containsExactly(1L, 10L);
    }
  }

  @Test
  void versions_areEpochsOfTheirOwn_andEarlierOnesAreNeverReleasedLate() {
    try (var topology = new TopologyFixture(perRecord, desk)) {
      var second = RunId.random();
      topology.trip(run, 1, "a", "福州", 1L, 10L);
      topology.trip(second, 2, "a", "福州", 1L, 20L);
      topology.seal(run, 1, 1);
      topology.seal(second, 2, 1);
      topology.look();
      topology.look();
      assertThat(topology.values().subList(0, 2)).containsExactly(1L, 20L);
      assertThat(topology.closed()).singleElement().extracting("dataVersion").isEqualTo(2L);
    }
  }

  @Test
  void contractSignedLater_getsTheNewestVersion() {
    try (var topology = new TopologyFixture(perRecord, desk)) {
      desk.contracts.clear();
      topology.trip(run, 1, "a", "福州", 1L, 10L);
      topology.seal(run, 1, 1);
      topology.look();
      assertThat(desk.handed).isEmpty();
      var later = ContractId.random();
      desk.contracts.add(later);
      topology.look();
      topology.look();
      assertThat(topology.closed())
          .singleElement()
          .extracting("contractId")
          .isEqualTo(later.toString());
      assertThat(topology.values().subList(0, 2)).containsExactly(1L, 10L);
    }
  }

  @Test
  void unreadableRecord_becomesADeadLetterAndSpoilsTheVersion() {
    try (var topology = new TopologyFixture(perRecord, desk)) {
      byte[] poison = "no Avro frame".getBytes(StandardCharsets.UTF_8);
      topology.trip(run, 1, "a", "福州", 1L, 10L);
      topology.message(run, poison);
      topology.seal(run, 1, 2);
      topology.look();
      topology.look();
      assertThat(topology.closed()).isEmpty();
      assertThat(desk.spoilt).containsExactly(1L);
      assertThat(topology.letters.readValuesToList())
          .singleElement()
          .isInstanceOfSatisfying(
              DeadLetter.class,
              letter -> {
                assertThat(letter.getRule()).isEqualTo(KafkaRecordReading.RULE);
                assertThat(letter.getPayload().array()).isEqualTo(poison);
              });
    }
  }

  @Test
  void sumBeyondSixtyFourBits_spoilsTheVersion() {
    var exact = RollupSpec.of(Trips.exact(LINEAGE)).orElseThrow();
    try (var topology = new TopologyFixture(exact, desk)) {
      topology.trip(run, 1, "a", "福州", 1L, Long.MAX_VALUE);
      topology.trip(run, 1, "a", "福州", 1L, 1L);
      topology.seal(run, 1, 2);
      topology.look();
      assertThat(desk.spoilt).isEqualTo(List.of(1L));
    }
  }
}

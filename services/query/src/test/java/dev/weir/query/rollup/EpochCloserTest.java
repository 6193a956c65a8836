package dev.weir.query.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.compliance.Control;
import dev.weir.policy.product.ProductKind;
import dev.weir.policy.product.Rollup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On a real database and the real ledger; the noise is secret. */
class EpochCloserTest {
  /** Cells × statistics shown in one run; a draw beyond 12σ has a chance below 10⁻³⁰ each. */
  private static final int SIGMAS = 12;

  @TempDir static Path state;
  private static EpochFixture fixture;

  @BeforeAll
  static void start() throws Exception {
    fixture = new EpochFixture(state);
  }

  @AfterAll
  static void stop() throws Exception {
    fixture.close();
  }

  @Test
  void close_chargesOnceAndKeepsTheDraw_howeverOftenItIsAsked() {
    // given
    var product = Trips.noised(fixture.lineage());
    var spec = RollupSpec.of(product).orElseThrow();
    var contract = fixture.sign(product, 3 * Trips.NANO_RHO);
    var closer = fixture.closer(EpochPoint.Probe.NONE);
    // when
    closer.close(contract, spec, counted(1, 1_000));
    var first = fixture.epoch(contract, spec, 1).orElseThrow();
    closer.close(contract, spec, counted(1, 1_000));
    // then
    assertThat(fixture.epoch(contract, spec, 1)).contains(first);
    assertThat(fixture.spent(contract)).isEqualTo(Trips.NANO_RHO);
    assertThat(first.nanoRho()).isEqualTo(Trips.NANO_RHO);
    assertThat(first.kind()).isEqualTo(ProductKind.DP);
    var tiles = closer.changes(first);
    assertThat(tiles).hasSize(1);
    assertThat(tiles.getFirst().values()).hasSize(6 * 2);
    assertThat(fixture.cells(first).root()).isEqualTo(first.root());
  }

  @Test
  void noise_isOnEveryCell_andAsLargeAsTheChargeSays() {
    var product = Trips.noised(fixture.lineage());
    var spec = RollupSpec.of(product).orElseThrow();
    var contract = fixture.sign(product, 100 * Trips.NANO_RHO);
    var closer = fixture.closer(EpochPoint.Probe.NONE);
    // Two cells a person, three trips in each, ρ split over count and sum: σ² = 2·3²/2ρ.
    double sigma = Math.sqrt(2 * 9 / (2 * (Trips.NANO_RHO / 2) / 1e9));
    List<Long> draws = new ArrayList<>();
    for (int version = 1; version <= 15; version++) {
      closer.close(contract, spec, counted(version, 1_000));
      var cells = fixture.cells(fixture.epoch(contract, spec, version).orElseThrow());
      for (int cell = 0; cell < 6; cell++) {
        draws.add(cells.value(cell, 0) - 1_000);
        assertThat(Math.abs(cells.value(cell, 0) - 1_000.0)).isLessThan(SIGMAS * sigma);
        assertThat(Math.abs(cells.value(cell, 1) - 2_000.0)).isLessThan(SIGMAS * sigma * 100);
      }
    }
    // 90 draws all within 2 of zero would have a chance below 10⁻⁶⁰ at this σ.
    assertThat(draws).anyMatch(draw -> Math.abs(draw) > 2);
    assertThat(draws.stream().distinct().count()).isGreaterThan(10);
  }

  @ParameterizedTest
  @EnumSource(EpochPoint.class)
  @Control("HEQ-11")
  void crash_atEveryPoint_chargesOnceAndPublishesOneDraw(EpochPoint point) {
    // given
    var product = Trips.noised(fixture.lineage());
    var spec = RollupSpec.of(product).orElseThrow();
    var contract = fixture.sign(product, 3 * Trips.NANO_RHO);
    var dying =
        fixture.closer(reached -> {
          if (reached == point) {
            throw new Died();
          }
        });
    long epochs = fixture.rows("query.epochs");
    // when
    assertThatThrownBy(() -> dying.closeNow(contract, spec, counted(1, 500)))
        .isInstanceOf(Died.class);
    var left = fixture.epoch(contract, spec, 1);
    // then nothing is half done
    boolean committed = point == EpochPoint.COMMITTED;
    assertThat(left.isPresent()).isEqualTo(committed);
    assertThat(fixture.spent(contract)).isEqualTo(committed ? Trips.NANO_RHO : 0);
    if (!committed) {
      assertThat(fixture.rows("query.epochs")).isEqualTo(epochs);
    }
    // and the next instance ends it
    var next = fixture.closer(EpochPoint.Probe.NONE);
    next.close(contract, spec, counted(1, 500));
    var closed = fixture.epoch(contract, spec, 1).orElseThrow();
    assertThat(fixture.spent(contract)).isEqualTo(Trips.NANO_RHO);
    left.ifPresent(before -> assertThat(closed).isEqualTo(before));
    assertThat(fixture.cells(closed).root()).isEqualTo(closed.root());
  }

  /**
   * The attack on a draw: kill around its commit until two draws of one epoch were seen, and
   * average them. The planted bug is a draw that is shown before it lasts.
   */
  @Test
  @Control("HEQ-11")
  void killsAroundTheCommit_showOneDraw_unlessItWasShownBeforeItLasts() throws Exception {
    assertThat(drawsSeen(false)).hasSize(1);
    assertThat(drawsSeen(true)).hasSizeGreaterThan(1);
  }

  /** All that anybody could read of one epoch while its closer is killed at each point in turn. */
  private static Set<List<PublishedCells.Tile>> drawsSeen(boolean planted) throws Exception {
    var product = Trips.noised(fixture.lineage());
    var spec = RollupSpec.of(product).orElseThrow();
    var contract = fixture.sign(product, 9 * Trips.NANO_RHO);
    var reader = fixture.closer(EpochPoint.Probe.NONE);
    var seen = new HashSet<List<PublishedCells.Tile>>();
    for (var point : EpochPoint.values()) {
      var dying =
          fixture.closer(reached -> {
            if (reached == point) {
              throw new Died();
            }
          });
      try {
        dying.closeNow(contract, spec, counted(1, 500));
      } catch (Died killed) {
        fixture.epoch(contract, spec, 1).ifPresent(epoch -> seen.add(reader.changes(epoch)));
      }
      if (planted) {
        fixture.lose(contract);
      }
    }
    reader.close(contract, spec, counted(1, 500));
    seen.add(reader.changes(fixture.epoch(contract, spec, 1).orElseThrow()));
    return seen;
  }

  @Test
  void allotmentThatIsSpent_refusesTheEpochAndStoresNoCell() {
    var product = Trips.noised(fixture.lineage());
    var spec = RollupSpec.of(product).orElseThrow();
    var contract = fixture.sign(product, Trips.NANO_RHO);
    var closer = fixture.closer(EpochPoint.Probe.NONE);
    closer.close(contract, spec, counted(1, 500));
    long tiles = fixture.rows("query.epoch_tiles");
    closer.close(contract, spec, counted(2, 500));
    assertThat(fixture.epoch(contract, spec, 2).orElseThrow().refusal())
        .contains(EpochCloser.EXHAUSTED);
    assertThat(fixture.spent(contract)).isEqualTo(Trips.NANO_RHO);
    assertThat(fixture.rows("query.epoch_tiles")).isEqualTo(tiles);
  }

  @Test
  void contractThatEnded_getsNoEpoch() {
    var product = Trips.noised(fixture.lineage());
    var spec = RollupSpec.of(product).orElseThrow();
    var contract = fixture.sign(product, 3 * Trips.NANO_RHO);
    // told to stop between the draw and its commit
    var closer =
        fixture.closer(point -> {
          if (point == EpochPoint.DRAWN) {
            fixture.stop(contract);
          }
        });
    closer.close(contract, spec, counted(1, 500));
    assertThat(fixture.epoch(contract, spec, 1)).isEmpty();
    assertThat(fixture.spent(contract)).isZero();
    assertThat(closer.contracts(spec)).doesNotContain(contract);
  }

  @Test
  void exactProduct_isReleasedCellByCellAndChargesNoBudget() {
    var product = Trips.exact(fixture.lineage());
    var spec = RollupSpec.of(product).orElseThrow();
    var contract = fixture.sign(product, 0);
    var closer = fixture.closer(EpochPoint.Probe.NONE);
    closer.close(contract, spec, counted(1, 500));
    var first = fixture.epoch(contract, spec, 1).orElseThrow();
    assertThat(first.refusal()).isEmpty();
    assertThat(closer.changes(first)).hasSize(6);
    var grown = counted(2, 500);
    grown.set(4, new long[] {600, 1_200, 600});
    grown.set(5, new long[] {503, 1_006, 503});
    closer.close(contract, spec, grown);
    assertThat(closer.changes(fixture.epoch(contract, spec, 2).orElseThrow()))
        .singleElement()
        .satisfies(tile -> {
          assertThat(tile.firstCell()).isEqualTo(4);
          assertThat(tile.values()).containsExactly(600L, 1_200L);
        });
    assertThat(fixture.spent(contract)).isZero();
  }

  @Test
  void secondContractOfTheSameConsumer_isHeldToWhatTheFirstShowed() {
    var product =
        Trips.exact(fixture.lineage())
            .with(new Rollup(List.of("class", "city"), List.of("fare"), 0)); // no other test's
    var spec = RollupSpec.of(product).orElseThrow();
    var closer = fixture.closer(EpochPoint.Probe.NONE);
    closer.close(fixture.sign(product, 0), spec, counted(1, 500));
    var second = fixture.sign(product, 0);
    closer.close(second, spec, counted(2, 501));
    var held = fixture.cells(fixture.epoch(second, spec, 2).orElseThrow());
    assertThat(held.value(0, 0)).isEqualTo(500);
    closer.close(second, spec, counted(3, 520));
    var moved = fixture.cells(fixture.epoch(second, spec, 3).orElseThrow());
    assertThat(moved.value(0, 0)).isEqualTo(520);
    closer.close(second, spec, counted(4, 501));
    var round = fixture.cells(fixture.epoch(second, spec, 4).orElseThrow());
    assertThat(round.value(0, 0)).isEqualTo(520);
  }

  @Test
  void exactCellsByOtherKeys_overTheSameLineage_areRefused() {
    var lineage = fixture.lineage();
    var closer = fixture.closer(EpochPoint.Probe.NONE);
    var byBoth = Trips.exact(lineage).with(new Rollup(List.of("city", "class"), List.of(), 0));
    var first = RollupSpec.of(byBoth).orElseThrow();
    closer.close(fixture.sign(byBoth, 0), first, countedWithout(1));
    var byClass = Trips.exact(lineage).with(new Rollup(List.of("class", "city"), List.of(), 0));
    var second = RollupSpec.of(byClass).orElseThrow();
    var contract = fixture.sign(byClass, 0);
    closer.close(contract, second, countedWithout(1));
    assertThat(fixture.epoch(contract, second, 1).orElseThrow().refusal())
        .contains(EpochCloser.OTHERS);
    var again = fixture.sign(byBoth, 0);
    closer.close(again, first, countedWithout(1));
    assertThat(fixture.epoch(again, first, 1).orElseThrow().refusal()).isEmpty();
  }

  /** Six cells without a measure. */
  private static CountedCells countedWithout(long version) {
    var counted = new CountedCells(version, 3_000, 6, 0);
    for (int cell = 0; cell < 6; cell++) {
      counted.set(cell, new long[] {500});
    }
    return counted;
  }

  @Test
  void spoiltVersion_isRefusedForGood() {
    var product = Trips.noised(fixture.lineage());
    var spec = RollupSpec.of(product).orElseThrow();
    var contract = fixture.sign(product, 3 * Trips.NANO_RHO);
    var closer = fixture.closer(EpochPoint.Probe.NONE);
    closer.spoil(contract, spec, 1);
    closer.close(contract, spec, counted(1, 500));
    assertThat(fixture.epoch(contract, spec, 1).orElseThrow().refusal())
        .contains(EpochCloser.SPOILT);
    assertThat(fixture.spent(contract)).isZero();
  }

  /** Six cells of equal counts; every sum is twice the count. */
  private static CountedCells counted(long version, long count) {
    var counted = new CountedCells(version, 6 * count, 6, 1);
    for (int cell = 0; cell < 6; cell++) {
      counted.set(cell, new long[] {count, 2 * count, count});
    }
    return counted;
  }

  private static final class Died extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}

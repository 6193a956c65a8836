package dev.weir.acceptance.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.acceptance.stack.Asking;
import dev.weir.acceptance.stack.ControlPlane;
import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.acceptance.stack.Facts;
import dev.weir.acceptance.stack.Records;
import dev.weir.acceptance.stack.ReleasedCells;
import dev.weir.acceptance.stack.SharedServices;
import dev.weir.compliance.Control;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.product.Rollup;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Cells from records to their topics, on the real broker, database and ledger. */
@ExtendWith(SharedServices.class)
class RollupTest {
  private static final long NANO_RHO = 200_000_000;

  /** σ² = 1/2ρ for the count at half the charge; 12σ is passed with a chance below 10⁻³⁰. */
  private static final double COUNT_BOUND = 12 * Math.sqrt(1 / (2 * 0.1));

  private static EmbeddedServices services;
  private static ControlPlane control;
  private static Facts facts;

  @BeforeAll
  static void load(EmbeddedServices shared) {
    services = shared;
    control = services.controlPlane();
    facts = Facts.load(services, control.openDomain());
  }

  @Test
  void sealedVersion_isPublishedOncePerContract_chargedAndTakenOverByAnotherProcess() {
    try (var topics = new ReleasedCells(services)) {
      // given a contract signed after the records came
      var first = sign(noised());
      var epoch = topics.awaitEpoch(first, 1);
      // then every declared cell is there, and near the truth
      assertThat(epoch.getKind()).isEqualTo("DP");
      assertThat(epoch.getCells()).isEqualTo(3);
      assertThat(epoch.getNanoRho()).isEqualTo(NANO_RHO);
      var cells = topics.cells(first);
      assertThat(cells).hasSize(6);
      double[] truth = {1_598, 399, 3};
      for (int cell = 0; cell < 3; cell++) {
        assertThat(Math.abs(cells.get(2 * cell) - truth[cell])).isLessThan(COUNT_BOUND);
      }
      assertThat(spent(first)).isEqualTo(NANO_RHO);

      // when another process with that role alone joins, the first goes, and a version comes
      var second = sign(noised());
      topics.awaitEpoch(second, 1);
      var rival = services.startQuery(Map.of("roles", List.of("ROLLUP")));
      try {
        services.restartQuery();
        control.stop(first);
        var csv = BodyPublishers.ofString(Facts.csv(i -> i < 1_000), StandardCharsets.UTF_8);
        Records.sealed(
            services, facts.resource(), Records.profiled(services, csv, Map.of()), List.of());
        var next = topics.awaitEpoch(second, 2);
        // then it is released once more under the contract in force, and under no other
        assertThat(next.getDataVersion()).isEqualTo(2);
        assertThat(Math.abs(topics.cells(second).getFirst() - 798.0)).isLessThan(COUNT_BOUND);
        assertThat(spent(second)).isEqualTo(2 * NANO_RHO);
        assertThat(topics.epoch(first).getDataVersion()).isEqualTo(1);
        assertThat(topics.seen(second)).isEqualTo(2);
      } finally {
        rival.close();
      }
    }
  }

  /** Nothing lays exact cells over exact answers: whoever has the ones gets none of the others. */
  @Test
  @Control("HEQ-10")
  void exactCells_andExactAnswers_areNotGivenToOneParty() {
    var cellsFirst = Facts.load(services, control.openDomain());
    try (var topics = new ReleasedCells(services)) {
      var cells = control.sign(List.of(cellsFirst.cells("cells")), 0, 50);
      topics.awaitEpoch(cells, 1);
      var plain = control.sign(List.of(cellsFirst.exact("plain")), 0, 50);
      var refused = Asking.under(services, plain).ask("SELECT COUNT(*) FROM plain");
      assertThat(Asking.rule(refused)).isEqualTo("exact-cells-given");
      // and the other way round
      var answersFirst = Facts.load(services, control.openDomain());
      var sql = control.sign(List.of(answersFirst.exact("first")), 0, 50);
      var answered = Asking.under(services, sql).ask("SELECT COUNT(*) FROM first");
      assertThat(answered.path("status").asText()).isEqualTo("DONE");
      var late = control.sign(List.of(answersFirst.cells("late")), 0, 50);
      var use =
          Records.await(
              () ->
                  services
                      .query()
                      .as(Records.OFFICER)
                      .get("/v1/uses?contractId=" + late.id())
                      .json()
                      .path("items"),
              items -> !items.isEmpty());
      assertThat(use.path(0).path("status").asText()).isEqualTo("REFUSED");
      assertThat(use.path(0).path("rule").asText()).isEqualTo("exact-answers-given");
    }
  }

  private static ProductTerms noised() {
    return facts.dp("facts").with(new Rollup(List.of("city"), List.of("amount"), NANO_RHO));
  }

  private static ContractTerms sign(ProductTerms product) {
    return control.sign(List.of(product), 3 * NANO_RHO, 50);
  }

  private static long spent(ContractTerms terms) {
    JsonNode lines =
        services
            .query()
            .as(Asking.ANALYST)
            .get("/v1/contracts/" + terms.id() + "/allotments")
            .json();
    return lines.path(0).path("spentNanoRho").asLong();
  }
}

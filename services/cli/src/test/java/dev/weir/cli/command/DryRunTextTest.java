package dev.weir.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.Bilingual.Language;
import dev.weir.runtime.json.Json;
import org.junit.jupiter.api.Test;

class DryRunTextTest {
  private static final String QUERY =
      """
      {"status":"DRY_RUN","decision":"allow","rule":"compute-flights","expected":{"fen":1200,
       "costs":[{"lineageId":"one","nanoRho":5000000,"picoDelta":0}],
       "columns":[{"label":"origin","kind":"key"},{"label":"n","kind":"count","expectedHalfWidth":28},
        {"label":"d","kind":"average","expectedHalfWidth":3.5}]}}
      """;

  @Test
  void dryRun_tellsDecisionCostAndError() throws Exception {
    var query = Json.mapper().readTree(QUERY);
    assertThat(DryRunText.fits(query)).isTrue();
    assertThat(DryRunText.of(query, Language.EN))
        .containsExactly(
            "decision: allow  compute-flights",
            "charge (none while a free call is left), at most: 1,200 fen",
            "budget: 5,000,000 nano-ρ, 0 pico-δ of lineage one",
            "  origin  key",
            "  n  95 % within ± 28",
            "  d  95 % within ± 3.5 for a group of 1,000 records");
    assertThat(DryRunText.of(query, Language.ZH)).anyMatch(line -> line.contains("每组一千条记录"));
  }

  @Test
  void answer_isNoDryRun() throws Exception {
    assertThat(DryRunText.fits(Json.mapper().readTree("{\"status\":\"DONE\"}"))).isFalse();
  }
}

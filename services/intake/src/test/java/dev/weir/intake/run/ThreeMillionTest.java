package dev.weir.intake.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.intake.cleaning.CleaningRule;
import dev.weir.intake.reader.Reading;
import dev.weir.intake.source.IntakeSources;
import dev.weir.kernel.data.Column;
import dev.weir.kernel.data.ColumnRole;
import dev.weir.kernel.data.LegalClass;
import dev.weir.kernel.data.RecordSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three million flights; the file is named by {@code -Dweir.flights}. */
class ThreeMillionTest {
  @TempDir Path directory;

  @Test
  void flights_profileAndArriveWhole() throws Exception {
    Path file = Path.of(System.getProperty("weir.flights", "absent"));
    Assumptions.assumeTrue(Files.exists(file), "flights-3m.parquet not named: -Dweir.flights");
    try (var stack = new IntakeStack(directory);
        var body = Files.newInputStream(file)) {
      var utc =
          new Reading(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("UTC"));
      long start = System.nanoTime();
      var source = IntakeSources.profiled(stack.sources, IntakeStack.OFFICER, body, utc);
      var profile = IntakeSources.profile(stack.sources, IntakeStack.OFFICER, source);
      System.out.printf("profile %.1f s%n", (System.nanoTime() - start) / 1e9);
      assertThat(profile.rows()).isEqualTo(3_000_000);
      assertThat(profile.duplicateRows()).isEqualTo(191);
      var delay =
          profile.columns().stream()
              .filter(c -> c.name().equals("delay"))
              .findFirst()
              .orElseThrow();
      assertThat(delay.nulls()).isZero();
      assertThat(delay.min()).hasValue("-1116");

      var schema =
          new RecordSchema(
              profile.columns().stream()
                  .map(c ->
                      new Column(
                          c.name(),
                          c.type(),
                          c.scale(),
                          false,
                          ColumnRole.ORDINARY,
                          LegalClass.GENERAL,
                          1,
                          ""))
                  .toList());
      var spec =
          new RunSpec(
              stack.resource(schema),
              source,
              List.of(
                  new CleaningRule.Range(
                      "distance", Optional.of("0"), Optional.empty(), CleaningRule.Action.REJECT),
                  new CleaningRule.Pattern("origin", "[A-Z]{3}", CleaningRule.Action.REJECT)),
              List.of());
      var driver = stack.parts.driver(1);
      start = System.nanoTime();
      Run run = stack.await(stack.runs(driver).create(IntakeStack.OFFICER, spec, "flights"));
      double seconds = (System.nanoTime() - start) / 1e9;
      driver.stop();
      System.out.printf("intake %.1f s, %.0f records/s%n", seconds, run.accepted() / seconds);
      assertThat(run.status()).as(run.detail().orElse("")).isEqualTo(Run.Status.SEALED);
      assertThat(run.accepted()).isEqualTo(3_000_000);
      assertThat(run.quality())
          .hasValueSatisfying(q -> assertThat(q.duplicateRows()).isEqualTo(191));
      var seen = stack.read(run);
      assertThat(seen.duplicates()).isZero();
      assertThat(seen.records()).isEqualTo(3_000_000);
    }
  }
}

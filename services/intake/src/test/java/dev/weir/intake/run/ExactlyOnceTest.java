package dev.weir.intake.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.intake.cleaning.CleaningRule;
import dev.weir.intake.profile.SourceProfile;
import dev.weir.intake.source.IntakeSources;
import dev.weir.intake.treatment.ColumnTreatment;
import dev.weir.intake.treatment.Treatment;
import dev.weir.kernel.SourceId;
import dev.weir.kernel.data.Column;
import dev.weir.kernel.data.ColumnRole;
import dev.weir.kernel.data.LegalClass;
import dev.weir.kernel.data.RecordSchema;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExactlyOnceTest {
  private static final int ROWS = 70_000;
  @TempDir static Path directory;
  private static IntakeStack stack;

  @BeforeAll
  static void start() throws Exception {
    stack = new IntakeStack(directory);
  }

  @AfterAll
  static void stop() throws Exception {
    stack.close();
  }

  @Test
  void run_killedAtEveryCrashPoint_countsEachRecordOnce() throws Exception {
    // given
    var spec = specOf(csv(1));
    var attempts = new AtomicInteger();
    var die = new DieOnce();
    // when: every driver dies at the next point, a fresh one goes on
    var driver = stack.parts.driver(1, die);
    Run run = stack.runs(driver).create(IntakeStack.OFFICER, spec, "crash");
    while (die.left() && attempts.incrementAndGet() < 20) {
      die.awaitDeath();
      driver = stack.parts.driver(1, die);
      driver.start();
    }
    Run ended = stack.await(run);
    driver.stop();
    // then
    assertThat(die.deaths()).isEqualTo(CrashPoint.values().length);
    assertThat(ended.status()).as(ended.detail().orElse("")).isEqualTo(Run.Status.SEALED);
    assertExact(ended);
    assertThat(stack.sealedRuns()).isPositive();
  }

  @Test
  void run_withRejectedRows_sealsTheRestAndRefreshMakesTheNextVersion() throws Exception {
    var spec = specOf(csv(2));
    var driver = stack.parts.driver(1);
    var runs = stack.runs(driver);

    Run first = stack.await(runs.create(IntakeStack.OFFICER, spec, "first"));
    Run again = runs.create(IntakeStack.OFFICER, spec, "first");
    Run second = stack.await(runs.create(IntakeStack.OFFICER, spec, "second"));
    driver.stop();

    assertThat(first.status()).as(first.detail().orElse("")).isEqualTo(Run.Status.SEALED);
    assertThat(again.id()).isEqualTo(first.id());
    assertThat(first.dataVersion()).isEqualTo(1);
    assertThat(second.dataVersion()).isEqualTo(2);
    assertExact(first);
    assertExact(second);
    assertThat(first.quality())
        .get()
        .extracting(q -> q.rejectedBy().keySet())
        .asString()
        .contains("range:n");
  }

  private static void assertExact(Run run) {
    var seen = stack.read(run);
    assertThat(seen.duplicates()).isZero();
    assertThat(seen.records()).isEqualTo(run.accepted());
    assertThat(run.accepted() + run.rejected()).isEqualTo(ROWS);
    assertThat(run.rejected()).isEqualTo(ROWS / 1000);
  }

  private static RunSpec specOf(byte[] csv) {
    SourceId source = IntakeSources.profiled(stack.sources, IntakeStack.OFFICER, csv);
    SourceProfile profile = IntakeSources.profile(stack.sources, IntakeStack.OFFICER, source);
    var schema =
        new RecordSchema(
            profile.columns().stream()
                .map(c ->
                    new Column(
                        c.name(),
                        c.type(),
                        c.scale(),
                        true,
                        c.name().equals("person") ? ColumnRole.PERSON_KEY : ColumnRole.ORDINARY,
                        LegalClass.GENERAL,
                        1,
                        ""))
                .toList());
    return new RunSpec(
        stack.resource(schema),
        source,
        List.of(
            new CleaningRule.Range(
                "n", Optional.of("0"), Optional.of("998"), CleaningRule.Action.REJECT),
            new CleaningRule.Unique("id", List.of(), CleaningRule.Action.REJECT)),
        List.of(new ColumnTreatment("person", new Treatment.Pseudonym())));
  }

  private static byte[] csv(int seed) {
    var random = new Random(seed);
    var text = new StringBuilder("id,person,n,amount\n");
    for (int i = 0; i < ROWS; i++) {
      text.append(i).append(",p").append(random.nextInt(1000)).append(',').append(i % 1000);
      text.append(',').append(random.nextInt(100)).append(".5\n");
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Dies once at each crash point, in random order of occurrence, like a killed process. */
  private static final class DieOnce implements CrashPoint.Probe {
    private final java.util.Set<CrashPoint> left = java.util.EnumSet.allOf(CrashPoint.class);
    private final java.util.concurrent.Semaphore died = new java.util.concurrent.Semaphore(0);
    private final Random random = new Random(7);
    private int deaths;

    @Override
    public synchronized void reach(CrashPoint point) {
      boolean due = point != CrashPoint.ROW_SENT || random.nextInt(30_000) == 0;
      if (due && left.remove(point)) {
        deaths++;
        died.release();
        throw new Killed();
      }
    }

    synchronized boolean left() {
      return !left.isEmpty();
    }

    synchronized int deaths() {
      return deaths;
    }

    void awaitDeath() throws InterruptedException {
      assertThat(died.tryAcquire(120, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    }
  }

  /** An error, so that no handler of the driver catches it: the thread is simply gone. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }
}

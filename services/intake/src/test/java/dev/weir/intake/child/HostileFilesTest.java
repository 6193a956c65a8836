package dev.weir.intake.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.intake.frame.ReadFault;
import dev.weir.intake.frame.ReadFaultException;
import dev.weir.intake.reader.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every hostile file ends in a profile or in a named fault; nothing else ever comes out. */
class HostileFilesTest {
  private static final int MUTANTS = Integer.getInteger("weir.mutants", 30);
  private static final long MAX_HEAP_GROWTH_BYTES = 32L << 20;
  @TempDir Path directory;

  @Test
  void hostileParquet_isReadOrNamedUnreadable() throws Exception {
    var outcomes = outcomes(files(RealFilesTest.data("hostile-parquet"), ".parquet"));

    assertThat(outcomes).hasSize(4).allMatch(Outcome::isClear);
    assertThat(outcomes).anyMatch(outcome -> outcome.fault().isPresent());
  }

  @Test
  void hostileText_isReadOrNamedUnreadable() throws Exception {
    var all = new ArrayList<Path>();
    all.addAll(files(RealFilesTest.data("hostile-csv"), ".csv"));
    all.addAll(files(RealFilesTest.data("hostile-utf8"), ".txt"));
    all.addAll(files(RealFilesTest.data("hostile-strings"), ""));

    var outcomes = outcomes(all);

    assertThat(outcomes).hasSizeGreaterThan(50).allMatch(Outcome::isClear);
    assertThat(of(outcomes, "empty.csv")).contains(ReadFault.EMPTY);
    assertThat(of(outcomes, "duplicate-headers.csv")).contains(ReadFault.DUPLICATE_HEADER);
    assertThat(of(outcomes, "latin1.csv")).contains(ReadFault.UNKNOWN_ENCODING);
  }

  @Test
  void mutatedParquet_neverHurtsTheService() throws Exception {
    // given
    byte[] good = Files.readAllBytes(RealFilesTest.data("hostile-parquet/ARROW-GH-41317.parquet"));
    var random = new Random(20_010_101);
    var mutants = new ArrayList<Path>();
    for (int i = 0; i < MUTANTS; i++) {
      mutants.add(Files.write(directory.resolve(i + ".parquet"), mutate(good, random)));
    }
    long before = usedHeap();
    // when
    var outcomes = outcomes(mutants);
    // then
    assertThat(outcomes).allMatch(Outcome::isClear);
    assertThat(usedHeap() - before).isLessThan(MAX_HEAP_GROWTH_BYTES);
    assertThat(Files.list(directory)).hasSize(MUTANTS);
  }

  @Test
  void profile_ofManyRows_tellsHowFarItIs() throws Exception {
    Path file = Files.writeString(directory.resolve("long.csv"), "a,b\n" + "1,2\n".repeat(50_000));
    var told = new ArrayList<Long>();
    assertThat(Reads.profile(file, Reading.DETECTED, told::add).rows()).isEqualTo(50_000);
    assertThat(told).containsExactly(20_000L, 40_000L);
  }

  @Test
  void profile_beyondItsTime_isKilledAndNamed() throws Exception {
    Path file =
        Files.writeString(directory.resolve("slow.csv"), "a,b\n" + "1,2\n".repeat(3_000_000));
    var limits =
        new ReaderLimits(
            64, 64, 3072, java.time.Duration.ofMillis(300), java.time.Duration.ofSeconds(60));
    var request =
        Reads.request(
            dev.weir.intake.reader.ReadRequest.Mode.PROFILE,
            file,
            Reading.DETECTED,
            List.of(),
            directory);

    try (var child = ReaderProcess.start(request, limits)) {
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> child.profile(rows -> {}))
          .isInstanceOf(ReadFaultException.class)
          .hasMessage("READER_FAILED");
    }
  }

  private record Outcome(Path file, boolean read, Optional<ReadFault> fault) {
    boolean isClear() {
      return read || fault.isPresent();
    }
  }

  private static List<Outcome> outcomes(List<Path> files) throws Exception {
    try (var pool = Executors.newFixedThreadPool(2)) {
      var tasks = new ArrayList<Callable<Outcome>>();
      files.forEach(file -> tasks.add(() -> outcome(file)));
      var outcomes = new ArrayList<Outcome>();
      for (var future : pool.invokeAll(tasks)) {
        outcomes.add(future.get());
      }
      return outcomes;
    }
  }

  private static Outcome outcome(Path file) {
    try {
      Reads.profile(file, Reading.DETECTED);
      return new Outcome(file, true, Optional.empty());
    } catch (ReadFaultException e) {
      return new Outcome(file, false, Optional.of(e.fault()));
    }
  }

  private static Optional<ReadFault> of(List<Outcome> outcomes, String name) {
    return outcomes.stream()
        .filter(outcome -> outcome.file().toString().contains("frictionless/" + name))
        .findFirst()
        .orElseThrow()
        .fault();
  }

  private static List<Path> files(Path root, String suffix) throws IOException {
    try (var walk = Files.walk(root)) {
      return walk.filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(suffix))
          .filter(file -> !file.toString().contains("LICENCES"))
          .sorted()
          .toList();
    }
  }

  /** Flips bytes anywhere, most of them in the footer, or cuts the file. */
  private static byte[] mutate(byte[] good, Random random) {
    byte[] mutant = good.clone();
    int flips = 1 + random.nextInt(8);
    for (int i = 0; i < flips; i++) {
      int from = random.nextBoolean() ? Math.max(4, mutant.length - 4000) : 4;
      mutant[from + random.nextInt(mutant.length - from)] = (byte) random.nextInt(256);
    }
    return random.nextInt(10) == 0
        ? java.util.Arrays.copyOf(mutant, 4 + random.nextInt(mutant.length - 4))
        : mutant;
  }

  private static long usedHeap() {
    System.gc();
    var memory = Runtime.getRuntime();
    return memory.totalMemory() - memory.freeMemory();
  }
}

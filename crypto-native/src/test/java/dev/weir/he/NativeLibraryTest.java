package dev.weir.he;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is in the library and what is not, and its own tests under the sanitizers. */
class NativeLibraryTest {
  private static final Path NATIVE = Path.of(System.getProperty("weir.native"));

  @Test
  void itNamesItsSealAndItsKernels() {
    var library = HeLibrary.loaded();
    assertThat(library.sealVersion()).matches("4\\.\\d+\\.\\d+");
    assertThat(library.origin()).startsWith(library.sealVersion());
    assertThat(library.kernels()).contains(MacKernel.SCALAR).contains(library.kernel());
  }

  @Test
  void nothingOfSealsLoaders_isInTheLibrary() throws Exception {
    var symbols = symbols(NATIVE.resolve("libweir_he.so"));
    assertThat(symbols).anyMatch(line -> line.contains("seal::Evaluator::apply_galois"));
    assertThat(symbols).noneMatch(NativeLibraryTest::loads);
  }

  /** The same search finds the loaders where they are: in SEAL's own archive. */
  @Test
  void theSearchForLoaders_findsThemInSealItself() throws Exception {
    assertThat(symbols(NATIVE.resolve("libseal.a"))).anyMatch(NativeLibraryTest::loads);
  }

  @Test
  void onlyTheEntryOfTheJavaMachine_isExported() throws Exception {
    var exported =
        run(List.of("nm", "-D", "--defined-only", NATIVE.resolve("libweir_he.so").toString()));
    assertThat(exported.lines().filter(line -> line.contains(" T ")))
        .singleElement()
        .asString()
        .endsWith("JNI_OnLoad");
  }

  @Test
  void itsOwnTests_passUnderTheSanitizers() throws Exception {
    var script = Path.of(System.getProperty("weir.root"), "crypto-native/native/build");
    var said = run(List.of(script.toString(), "--check", System.getProperty("weir.cache")));
    long passed = said.lines().filter(line -> line.startsWith("ok ")).count();
    assertThat(passed).isGreaterThanOrEqualTo(12);
    assertThat(said).contains(passed + " native tests passed");
  }

  private static boolean loads(String symbol) {
    return symbol.contains("Serialization::Load")
        || symbol.contains("::load_members")
        || symbol.contains("::unsafe_load")
        || symbol.contains("::load(");
  }

  private static List<String> symbols(Path file) throws Exception {
    return run(List.of("nm", "-C", file.toString())).lines().toList();
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    var process = builder.start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }
}

package dev.weir.he.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The npm package's own tests, hostile bytes among them, and its types, run by the Node that its
 * lock file names. Skipped, with a line that says so, where the lock file's packages cannot be
 * fetched.
 */
class NpmPackageTest {
  @TempDir private Path directory;

  @Test
  void package_passesItsOwnTests_andItsTypesHold() throws Exception {
    assumeTrue(
        Peers.fetch("node-seal").isPresent(), "the npm package's node-seal could not be fetched");
    Path stage = Path.of(System.getProperty("weir.root"), "crypto-native", "npm", "stage");
    String node =
        run(List.of(stage.toString(), directory.toString(), System.getProperty("weir.cache")))
            .strip();
    assertThat(run(List.of(node, "node_modules/typescript/bin/tsc", "-p", ".", "--noEmit")))
        .isEmpty();
    var tests = new ArrayList<>(List.of(node, "--test", "--test-reporter=tap"));
    for (String name : List.of("gate", "inflate", "question", "page", "oprf", "lookup")) {
      tests.add("test/" + name + ".test.js");
    }
    String told = run(tests);
    assertThat(told).as(told).contains("\n# fail 0\n").containsPattern("\n# pass [7-9][0-9]\n");
  }

  /** What it printed, and an end without a fault. */
  private String run(List<String> command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("WEIR_DATA", System.getProperty("weir.data", ""));
    var process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(told).isZero();
    return told;
  }
}

package dev.weir.he;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code crypto-native/tools/lwe-cost}: its figures are others', and the page has them. */
class LweCostTest {
  private static final Path ROOT = Path.of(System.getProperty("weir.root"));

  @Test
  void publishedInstances_comeOutAsPublished() throws Exception {
    var found = run("--check");
    assertThat(found.get("Kyber512")).containsEntry("beta", "406").containsEntry("d", "998");
    assertThat(found.get("Kyber512")).containsEntry("core", "118.6");
    assertThat(found.get("Kyber768")).containsEntry("beta", "624").containsEntry("d", "1427");
    assertThat(found.get("Kyber768")).containsEntry("core", "182.2");
    for (int degree : List.of(2048, 4096, 8192)) {
      double bits = Double.parseDouble(found.get("standard-" + degree).get("bdgl"));
      assertThat(bits).as("128 bits at degree %d", degree).isBetween(127.5, 130.0);
    }
  }

  @Test
  void largerModuliAndSmallerDegrees_areEasier() throws Exception {
    double ours = bits(run("4096", "103"));
    assertThat(ours).isGreaterThan(bits(run("4096", "109")));
    assertThat(ours).isGreaterThan(bits(run("2048", "103")));
  }

  @Test
  void registryAndPage_haveTheSameFigures() throws Exception {
    var page = Files.readString(ROOT.resolve("compliance/he-parameters.md"));
    var found = run();
    assertThat(found).hasSize(HeParameters.values().length);
    for (var set : HeParameters.values()) {
      var figures = found.get(set.label());
      var q = set.primes().stream().map(BigInteger::valueOf).reduce(BigInteger::multiply);
      double modulus = Math.log(q.orElseThrow().doubleValue()) / Math.log(2);
      String bits = set.degree() == 4096 ? "103" : "210";
      assertThat(Double.parseDouble(bits)).isGreaterThanOrEqualTo(modulus);
      var same = run(Integer.toString(set.degree()), bits).get("instance");
      assertThat(figures).isEqualTo(same);
      assertThat(page)
          .contains(
              "| `%s` | %s | %s | %s | %s |"
                  .formatted(
                      set.label(),
                      figures.get("beta"),
                      figures.get("d"),
                      figures.get("core"),
                      figures.get("bdgl")));
    }
  }

  private static double bits(Map<String, Map<String, String>> found) {
    return Double.parseDouble(found.get("instance").get("bdgl"));
  }

  /** Figures by instance. */
  private static Map<String, Map<String, String>> run(String... arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add("python3");
    command.add(ROOT.resolve("crypto-native/tools/lwe-cost").toString());
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    var found = new LinkedHashMap<String, Map<String, String>>();
    said.lines()
        .map(line -> line.split(" ", 2))
        .forEach(line -> {
          var figures = new LinkedHashMap<String, String>();
          Arrays.stream(line[1].split(" "))
              .filter(one -> one.contains("="))
              .map(one -> one.split("=", 2))
              .forEach(one -> figures.put(one[0], one[1]));
          found.put(line[0], figures);
        });
    return found;
  }
}

package dev.weir.benchmarks.he;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.benchmarks.harness.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code native/bench} measured in a process of its own, in processor time of one thread,
 * after it had found every kernel's answer equal to SEAL's.
 */
record NativePeers(Map<String, Double> figures) {
  static final String PROGRAM = "crypto-native/target/native/weir-he-bench";

  static NativePeers measured(Settings settings) throws IOException, InterruptedException {
    var command = new ArrayList<String>(List.of(settings.root().resolve(PROGRAM).toString()));
    if (settings.quick()) {
      command.add("--quick");
    }
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("a kernel differs from SEAL, or the program failed");
    }
    var figures = new HashMap<String, Double>();
    var json = new ObjectMapper();
    for (var line : lines.lines().toList()) {
      var figure = json.readTree(line);
      figures.put(figure.get("measure").asText(), figure.get("value").asDouble());
    }
    return new NativePeers(Map.copyOf(figures));
  }

  boolean has(String measure) {
    return figures.containsKey(measure);
  }

  double of(String measure) {
    var figure = figures.get(measure);
    if (figure == null) {
      throw new IllegalStateException("not measured: " + measure);
    }
    return figure;
  }
}
